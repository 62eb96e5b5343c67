import type { HeaderField } from './mime/header-block';
import { firstField } from './mime/header-block';

/** What only programs that answer mails put into a subject, in lower case. Data: one line per language. */
const PHRASES: readonly string[] = [
  'auto reply', 'auto-reply', 'autoreply', 'auto response', 'auto-response', 'autoresponse', 'autoresponder', 'auto responder', 'auto answer', 'automated reply', 'automated response', 'automatic reply', 'automatic response', 'automatic answer', 'out of office', 'out of the office', 'out-of-office', 'out-of-the-office', 'ooo', 'oof', 'away from my mail', 'away from office', 'away from the office', 'away from my desk', 'vacation reply', 'vacation response', 'vacation message', 'vacation notice', 'on vacation', 'on annual leave', 'annual leave', 'maternity leave', 'parental leave', 'absence notice', 'absence notification',
  'automatische antwort', 'autom. antwort', 'abwesenheitsnotiz', 'abwesenheitsbenachrichtigung', 'abwesenheitsmeldung', 'abwesenheitsnachricht', 'abwesenheitsassistent', 'abwesenheitsagent', 'abwesenheit', 'abwesend', 'automatische abwesenheit', 'autoantwort', 'auto-antwort', 'nicht im büro', 'nicht im haus', 'außer haus', 'ausser haus', 'im urlaub', 'urlaubsbenachrichtigung', 'urlaubsmeldung', 'automatische eingangsbestätigung',
  'réponse automatique', 'reponse automatique', 'réponse auto', 'absence du bureau', 'absent du bureau', 'absente du bureau', 'absent(e) du bureau', 'hors du bureau', "message d'absence", "notification d'absence", "réponse automatique d'absence", 'message automatique', 'en congé', 'en congés', 'en vacances',
  'respuesta automática', 'respuesta automatica', 'respuesta automática de ausencia', 'respuesta de ausencia', 'autorespuesta', 'auto-respuesta', 'mensaje automático', 'fuera de la oficina', 'fuera de oficina', 'ausente', 'aviso de ausencia', 'de vacaciones',
  'risposta automatica', 'messaggio automatico', 'autorisposta', 'fuori sede', 'fuori ufficio', 'assente', "assenza dall'ufficio", 'in ferie', 'resposta automática', 'resposta automatica', 'mensagem automática', 'fora do escritório', 'ausência temporária', 'ausente do escritório', 'de férias', 'aviso de ausência',
  'automatisch antwoord', 'automatische reactie', 'automatische reactie op uw bericht', 'afwezig', 'afwezigheidsbericht', 'afwezigheidsassistent', 'afwezigheidsmelding', 'niet aanwezig', 'niet op kantoor', 'met vakantie', 'op vakantie', 'autoodpowiedź', 'odpowiedź automatyczna', 'automatyczna odpowiedź', 'autoodpowiedz', 'nieobecność', 'poza biurem', 'na urlopie',
  'автоответ', 'автоматический ответ', 'автоответчик', 'автоматическое сообщение', 'нет на месте', 'нет на рабочем месте', 'отсутствую на рабочем месте', 'вне офиса', 'в отпуске', 'автоматична відповідь',
  'autosvar', 'automatiskt svar', 'frånvaro', 'frånvaromeddelande', 'automatisk svar', 'fravær', 'fraværsmelding', 'ikke på kontoret', 'automaattinen vastaus', 'poissa', 'poissaoloilmoitus', 'automatická odpověď', 'nepřítomnost', 'mimo kancelář', 'automatická odpoveď', 'automatikus válasz', 'házon kívül', 'otomatik yanıt', 'ofis dışında', 'răspuns automat', 'αυτόματη απάντηση', 'εκτός γραφείου', 'automatski odgovor',
  '부재중', '부재 중', '부재중 안내', '부재중 자동 응답', '부재 중 자동 응답', '부재중 자동응답', '부재중 자동 회신', '자동 응답', '자동응답', '자동 회신', '자동회신', '자동 답장', '휴가 중', '휴가중', '휴가 중입니다',
  '自動応答', '自動返信', '自動返信メール', '自動応答メール', '自動回答', '不在通知', '不在応答', '不在のお知らせ', '不在', '休暇中', '外出中', '自动回复', '自动答复', '自動回覆', '自動回复', '自動答覆', '休假自动回复', '外出自动回复', '外出自動回覆', '休假中', '外出', '不在办公室', '不在辦公室', 'phản hồi tự động', 'balasan otomatis', 'ตอบกลับอัตโนมัติ', 'رد تلقائي', 'תשובה אוטומטית',
];

/** Words people write about as well: they count before the subject that is answered. */
const WORDS: readonly string[] = ['auto', 'vacation', 'holiday', 'on holiday', 'on leave', 'leave', 'absence', 'urlaub', 'ferien', 'congés', 'congé', 'vacances', 'vacaciones', 'ausencia', 'ferie', 'férias', 'ausência', 'vakantie', 'afwezigheid', 'urlop', 'отпуск', '휴가'];

/** "Some One is out of the office", with the name first; of holidays only in the first person, since customers write of others'. */
const ABSENT = /\b(?:is|am|i'm|will be) (?:currently |now )?(?:out of (?:the )?office|away from (?:the|my) office)\b|\b(?:i am|i'm) (?:currently )?(?:on (?:vacation|annual leave|leave|holiday)|out of town)\b|(?:^|\s)(?:ist|bin) (?:zur zeit |derzeit |aktuell |momentan )?(?:nicht im büro|außer haus|ausser haus)|(?:^|\s)(?:ich bin|bin) (?:derzeit )?im urlaub|est (?:actuellement )?(?:absente?|absent\(e\)|hors) du bureau|je suis (?:actuellement )?(?:absent|en congé|en vacances)|está fuera de (?:la )?oficina|estoy (?:de vacaciones|fuera de la oficina|ausente)|è fuori (?:ufficio|sede)|sono (?:in ferie|fuori ufficio|assente)|estou (?:de férias|fora do escritório|ausente)|is niet op kantoor|ik ben (?:afwezig|met vakantie|op vakantie|niet op kantoor)|jestem (?:na urlopie|nieobecn|poza biurem)|(?:^|\s)я (?:нахожусь )?в отпуске/i;

/** The same words may follow a reply prefix or the name of a list. */
const PREFIX = /^(?:(?:re|aw|sv|antw|r|odp|vs|fwd?|ответ|回复|答复|回覆)\s*[:：]\s*|\[[^\]]{1,30}\]\s*)+/i;
/** What stands behind such words when they are no part of a sentence: nothing, a separator, a reply prefix, or whose or until when. */
const BEHIND = /^\s*(?:$|[:：|;.…()（）\]】~～]|[-–—]+\s|[-–—]+$|(?:re|aw|sv|antw|r|odp|vs|wg|fwd?|tr|回复|答复|回覆)\s*[:：]|(?:from|to|until|till|notice|notification|message|reply|response|autoreply|auto-?reply|von|auf|bis|vom|de|du|jusqu|hasta|fino|fino|até|tot|van|do|до|안내|입니다)(?![\p{L}\p{N}]))/iu;
const REPLIED = /^\s*[-–—:：]*\s*(?:re|aw|sv|antw|r|odp|vs|回复|答复|回覆)\s*[:：]/i;

function value(fields: readonly HeaderField[], name: string): string {
  return (firstField(fields, name) ?? '').trim().toLowerCase();
}

/** `Auto-Submitted` without parameters and comments, or `''`. */
export function autoSubmitted(fields: readonly HeaderField[]): string {
  return value(fields, 'auto-submitted').replace(/[;(].*$/, '').trim();
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).map(escaped).join('|');
const BEGINS = new RegExp(`^[\\[【(（<*~\\s]*(?:${longestFirst(PHRASES)})`, 'i');
const ENDS = new RegExp(`[\\s:：(（\\[【-](?:${longestFirst(PHRASES.filter((words) => /auto|авто|out.of|自[动動]|자동|absence$/.test(words)))})[\\s.!)）\\]】]*$`, 'i');
const WEAK = new RegExp(`^(?:${longestFirst(WORDS)})(?![\\p{L}\\p{N}])`, 'iu');

/** True when a subject is what programs that answer mails write; `answers` when the mail answers another. */
function saysSubject(subject: string, answers: boolean): boolean {
  const lower = subject.trim().toLowerCase().replace(/[\u2018\u2019]/g, "'").slice(0, 500);
  if (ABSENT.test(lower)) return true;
  for (const text of new Set([lower, lower.replace(PREFIX, '')])) {
    const begin = BEGINS.exec(text)?.[0];
    if (begin !== undefined && (BEHIND.test(text.slice(begin.length)) || /^[[【]/.test(begin))) return true;
    const weak = WEAK.exec(text)?.[0];
    if (weak !== undefined && (REPLIED.test(text.slice(weak.length)) || answers && text === lower && /^\s*[:：]/.test(text.slice(weak.length)))) return true;
  }
  return ENDS.test(lower);
}

/** Senders whose mail is written by programs that answer mails. */
const RESPONDERS = /^(?:auto-?repl(?:y|ies)|auto-?respon(?:d|der|se)|autoanswer|vacation|out-?of-?office)(?:[-+.]|@)/;

/**
 * True for vacation notes, read receipts and other answers sent without a person reading the mail: by RFC 3834 header, by the headers
 * of programs that came before it, or by the subject. A mail sent by a program that answers nothing is none.
 */
export function isAutoReply(fields: readonly HeaderField[], subject: string, sender: string): boolean {
  const submitted = autoSubmitted(fields);
  if (value(fields, 'content-type').includes('disposition-notification')) return true;
  if (submitted.startsWith('auto-replied')) return true;
  const flag = (name: string): boolean => !['', 'no', 'none', 'false', '0'].includes(value(fields, name));
  if (flag('x-autoreply') || flag('x-autorespond') || flag('x-autoresponder') || flag('x-auto-reply') || flag('x-autogenerated') && /reply|respon/.test(value(fields, 'x-autogenerated'))) return true;
  if (flag('x-autoreply-from') || flag('x-mail-autoreply') || flag('x-amazon-auto-reply') || flag('x-cron-autoreply') || value(fields, 'x-pobox-auto-reply') !== '') return true;
  if (value(fields, 'delivered-to') === 'autoresponder' || value(fields, 'x-precedence') === 'auto_reply' || /auto[-_]?reply/.test(value(fields, 'precedence')) || /auto[-_]?reply/.test(value(fields, 'preference'))) return true;
  if (flag('x-vacation') || flag('x-fc-machinegenerated') || /autoresponder/.test(value(fields, 'x-post-messageclass'))) return true;
  if (RESPONDERS.test(sender.toLowerCase())) return true;
  if (/vacation|auto-?repl|autorespon/.test(value(fields, 'x-mailer')) || /vacation|auto-?repl|autorespon/.test(value(fields, 'user-agent'))) return true;
  const answers = firstField(fields, 'in-reply-to') !== null || firstField(fields, 'references') !== null;
  return !/[?？]\s*$/.test(subject) && saysSubject(subject, answers);
}
