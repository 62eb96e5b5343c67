import { Volume2 } from 'lucide-react';
import { askToNotify } from '../../lib/attention';
import { pseudoLanguages, useTranslation } from '../../lib/i18n';
import { usePreferences, type Ring } from '../../lib/preferences';
import { ring } from '../../lib/sound';
import { Button } from '../../ui/button';
import { Field, Segments, Select, Tick } from '../../ui/field';
import { Section } from '../../ui/page';
import { LanguageOptions } from './me';

function Sound() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  return (
    <div className="grid max-w-[480px] gap-4">
      <Select label={t('look.ring')} value={preferences.ring} onChange={(event) => preferences.set({ ring: event.target.value as Ring })}>
        {(['soft', 'bell', 'knock', 'none'] as const).map((one) => <option key={one} value={one}>{t(`look.ring.${one}`)}</option>)}
      </Select>
      <Field label={t('look.volume')}>{(props) => <input {...props} type="range" min={0} max={1} step={0.05} value={preferences.volume} onChange={(event) => preferences.set({ volume: Number(event.target.value) })} className="w-full" />}</Field>
      <Button className="justify-self-start" onClick={() => ring(true)}><Volume2 size={16} aria-hidden />{t('look.test')}</Button>
      <Tick label={t('look.notify')} hint={t('look.notify.hint')} checked={preferences.notify} onChange={(event) => (event.target.checked ? void askToNotify() : preferences.set({ notify: false }))} />
    </div>
  );
}

/** How the console looks and sounds on this device. */
export function LookSection() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  return (
    <>
      <Section title={t('look.title')} about={t('look.about')}>
        <div className="grid gap-6">
          <Segments label={t('look.theme')} value={preferences.theme} onChange={(theme) => preferences.set({ theme })} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`look.${value}`) }))} />
          <Segments label={t('look.contrast')} value={preferences.contrast} onChange={(contrast) => preferences.set({ contrast })} options={(['normal', 'more'] as const).map((value) => ({ value, label: t(`look.contrast.${value}`) }))} />
          <Segments label={t('look.density')} value={preferences.density} onChange={(density) => preferences.set({ density })} options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`look.${value}`) }))} />
          <div className="max-w-[480px]">
            <Select label={t('look.language')} hint={t('look.language.hint')} value={preferences.language} onChange={(event) => preferences.set({ language: event.target.value })}>
              <option value="">{t('look.language.account')}</option>
              <LanguageOptions />
              {pseudoLanguages.map((tag) => <option key={tag} value={tag}>{t(`look.${tag}`)}</option>)}
            </Select>
          </div>
        </div>
      </Section>
      <Section title={t('look.sound')} about={t('look.sound.about')}><Sound /></Section>
    </>
  );
}
