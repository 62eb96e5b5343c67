import type { WidgetSettings } from '../../../protocol/channels';
import { useTranslation } from '../../lib/i18n';

/** Relative luminance of #rrggbb, as WCAG defines it. */
export function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** Contrast of white text on a colour, from 1 to 21. */
export const contrastWithWhite = (colour: string): number => 1.05 / (luminance(colour) + 0.05);

/** What a visitor will see first, while it is being set. */
export function WidgetPreview({ settings }: { settings: WidgetSettings }) {
  const { t } = useTranslation();
  const weak = contrastWithWhite(settings.colour) < 4.5;
  return (
    <section aria-label={t('widget.preview')} className="self-start">
      <h3 className="mb-2 text-sm font-medium text-soft">{t('widget.preview')}</h3>
      <div className="overflow-hidden rounded-lg bg-surface shadow-float" data-testid="widget-preview">
        <div className="px-4 py-5" style={{ background: settings.colour }}><p dir="auto" className="text-lg font-semibold text-paper">{settings.title}</p></div>
        <div className="grid gap-3 p-4">
          <div className="h-10 rounded-md px-3 py-2 text-md text-muted ring-1 ring-edge ring-inset">{t('widget.preview.ask')}</div>
          {settings.askFor.map((one) => <div key={one} className="h-8 rounded-md bg-sunken px-3 py-1.5 text-sm text-muted">{t(`widget.ask.${one}`)}</div>)}
          <div className="h-10 rounded-md px-3 py-2 text-center text-md font-medium text-paper" style={{ background: settings.colour }}>{t('widget.preview.talk')}</div>
        </div>
      </div>
      {weak ? <p className="mt-2 text-sm text-warn">{t('widget.weak')}</p> : null}
    </section>
  );
}
