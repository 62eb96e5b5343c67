import { useTranslation } from './i18n';

/** A reason for being away in the reader's language where Trunkline set it; those an administrator wrote stay as they are. */
export function useReason(): (reason: string) => string {
  const { t, has } = useTranslation();
  return (reason) => (reason && has(`reason.${reason}`) ? t(`reason.${reason}`) : reason);
}
