// The door of answers: a model writes them from articles; what it names is checked.
export { answersOffered, writeAnswer } from './write-answer';
