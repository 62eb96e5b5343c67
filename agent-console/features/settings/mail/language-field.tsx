import { languageName } from '../../../lib/i18n';
import { Select } from '../../../ui/field';

/** Languages customers write in most; another one that is set already stays among them. */
const offered = ['en', 'ko', 'zh', 'ja', 'ar', 'de', 'es', 'fr', 'he', 'it', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk'];

/** A language by its name in the reader's own. */
export function LanguageField({ label, value, onChange }: { label: string; value: string; onChange: (locale: string) => void }) {
  return <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>{[...new Set([...offered, value])].map((tag) => <option key={tag} value={tag}>{languageName(tag)}</option>)}</Select>;
}
