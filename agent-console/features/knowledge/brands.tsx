import { useQuery } from '@tanstack/react-query';
import { brandEndpoints } from '../../../protocol/brands';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Select, Tick } from '../../ui/field';

/** The company's brands by name; undefined until they are known. */
export const useBrands = () => useQuery({ queryKey: keys.settings('brand-names'), queryFn: () => call(brandEndpoints.names), select: (data) => data.rows }).data;

/** Which brands something belongs to. Not there where the company has none; a brand that was removed can be taken out. */
export function BrandTicks({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const { t } = useTranslation();
  const brands = useBrands();
  if (!brands) return null;
  const gone = chosen.filter((id) => !brands.some((brand) => brand.id === id)).map((id) => ({ id, name: t('knowledge.brands.gone') }));
  const offered = [...brands, ...gone];
  if (offered.length === 0) return null;
  return (
    <fieldset className="w-full" data-testid="brands">
      <legend className="mb-1 text-sm font-medium text-soft">{t('settings.brands')}</legend>
      <div className="flex flex-wrap gap-x-4">{offered.map(({ id, name }) => <Tick key={id} label={name} checked={chosen.includes(id)} onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))} />)}</div>
      <p className="text-xs text-muted">{t('knowledge.brands.hint')}</p>
    </fieldset>
  );
}

/** Shows what readers of one brand see, or everything. Not there where the company has none. */
export function BrandFilter({ chosen, onChange }: { chosen: string; onChange: (chosen: string) => void }) {
  const { t } = useTranslation();
  const brands = useBrands() ?? [];
  if (brands.length === 0) return null;
  return <Select label={t('settings.brands')} hideLabel value={chosen} onChange={(event) => onChange(event.target.value)}><option value="">{t('knowledge.brands.all')}</option>{brands.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>;
}
