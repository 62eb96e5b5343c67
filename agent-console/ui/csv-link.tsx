import { Download } from 'lucide-react';
import { useTranslation } from '../lib/i18n';
import { Button } from './button';

/** Saves the list that is shown as a file. */
export function CsvLink({ href }: { href: string }) {
  const { t } = useTranslation();
  return <Button small look="quiet" className="first:-ms-2" asChild><a href={href} download><Download size={14} aria-hidden />{t('list.csv')}</a></Button>;
}
