import { OctagonX, ShieldCheck, ShieldQuestion, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { MailTrust } from '../../../protocol/messages';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { Popover } from '../../ui/popover';

const looks: Record<MailTrust['verdict'], [icon: LucideIcon, look: string]> = {
  verified: [ShieldCheck, 'text-good'], unknown: [ShieldQuestion, 'text-muted'], forged: [OctagonX, 'bg-bad-soft text-bad font-medium px-2'], spam: [TriangleAlert, 'bg-warn-soft text-warn font-medium px-2'],
};

/** Whether a mail is really from whom it says: a quiet sign where all is well, a word where it is not, and the findings on a click. */
export function Trust({ trust }: { trust: MailTrust }) {
  const { t, has } = useTranslation();
  const [Icon, look] = looks[trust.verdict];
  const word = t(`trust.${trust.verdict}`);
  const loud = trust.verdict === 'forged' || trust.verdict === 'spam';
  return (
    <Popover label={word} trigger={<button type="button" data-testid="trust" data-verdict={trust.verdict} aria-label={word} title={word} className={cx('inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded-sm text-xs hover:bg-hover', look)}><Icon size={14} aria-hidden />{loud ? word : null}</button>}>
      <p className="text-md font-medium">{word}</p>
      <p className="mt-1 text-sm text-muted">{t(`trust.${trust.verdict}.about`)}</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {(['spf', 'dkim', 'dmarc'] as const).map((name) => <div key={name} className="contents"><dt className="text-muted uppercase">{name}</dt><dd>{has(`trust.result.${trust[name]}`) ? t(`trust.result.${trust[name]}`) : trust[name]}</dd></div>)}
      </dl>
      {trust.signs.length > 0 ? <ul className="mt-2 list-disc ps-4 text-sm">{trust.signs.map((sign) => <li key={sign}>{has(`trust.sign.${sign}`) ? t(`trust.sign.${sign}`) : sign}</li>)}</ul> : null}
    </Popover>
  );
}
