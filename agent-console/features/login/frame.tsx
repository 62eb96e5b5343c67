import type { ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';

/** The quiet page around log-in forms. */
export function Frame({ title, about, children }: { title: string; about?: string | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="grid h-full overflow-y-auto bg-canvas p-4 sm:place-items-center">
      <div className="w-full max-w-[380px] pt-12 sm:pt-0 sm:pb-24">
        <p className="mb-6 flex items-center gap-2 text-lg font-semibold"><img src="/mark.svg" alt="" width={28} height={28} />{t('app')}</p>
        <div className="rounded-lg bg-surface p-6 ring-1 ring-line">
          <h1 className="text-xl font-semibold">{title}</h1>
          {about ? <p className="mt-1 text-md text-muted">{about}</p> : null}
          <div className="mt-6">{children}</div>
        </div>
      </div>
    </main>
  );
}

/** What went wrong, read aloud when it appears. */
export function Fault({ text }: { text: string }) {
  return <p role="alert" className={text ? 'rounded-md bg-bad-soft px-3 py-2 text-md text-bad' : 'sr-only'}>{text}</p>;
}
