import { useTranslation } from '../../../lib/i18n';

const names = ['customer.name', 'customer.address', 'ticket.number', 'ticket.subject', 'ticket.rating', 'queue.name', 'company.name', 'agent.name', 'agent.firstname'];

/** What may stand in a text and is filled in when it is used; a click puts it at the end. */
export function VariableHint({ onPick }: { onPick: (variable: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-1">
      <p className="text-xs text-muted">{t('variables.about', { example: '{{customer.name|there}}' })}</p>
      <div className="flex flex-wrap gap-1">{names.map((name) => <button key={name} type="button" dir="ltr" className="min-h-6 rounded-sm bg-sunken px-2 font-mono text-xs text-soft hover:bg-hover" onClick={() => onPick(`{{${name}}}`)}>{name}</button>)}</div>
    </div>
  );
}
