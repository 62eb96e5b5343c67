import type { RuleCondition } from '../../../protocol/routing-rules';

type Named = NonNullable<RuleCondition['attributes']>;

/** "a, b" as a list. */
export const readList = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean);

/** "plan=gold|silver, seat" for names with their values; a name alone stands for any value. */
export const writeNamed = (named: Named): string => named.map(({ name, values }) => (values.length === 0 ? name : `${name}=${values.join('|')}`)).join(', ');

/** The same back. */
export const readNamed = (text: string): Named => readList(text).map((part) => {
  const [name = '', values = ''] = part.split('=');
  return { name: name.trim(), values: values.split('|').map((value) => value.trim()).filter(Boolean) };
});
