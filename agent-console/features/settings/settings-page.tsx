import type { ComponentType } from 'react';
import { Link, Redirect, useParams } from 'wouter';
import type { Ability } from '../../../protocol/abilities';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Page } from '../../ui/page';
import { PhoneWays, SideLabel, SideLink, SidePane } from '../../ui/side-pane';
import { AccountsSection } from './accounts';
import { AgentsSection } from './agents';
import { ApiKeysSection } from './api-keys';
import { AuditSection } from './audit';
import { BlockedSection } from './blocked';
import { BrandsSection } from './brands';
import { CompanySection } from './company';
import { DispositionsSection } from './dispositions';
import { FieldsSection } from './fields';
import { HoursSection } from './hours';
import { LookSection } from './look';
import { MacrosSection } from './macros';
import { CannedSection } from './mail/canned';
import { MailboxesSection } from './mail/mailboxes';
import { QuarantineSection } from './mail/quarantine';
import { SignatureSection } from './mail/signature';
import { LoopsSection, SuppressedSection, UnsubscribedSection } from './mail/stopped';
import { WritingSection } from './mail/writing';
import { MeSection } from './me';
import { OverflowSection } from './overflow';
import { QueuesSection } from './queues';
import { ReasonsSection } from './reasons';
import { RolesSection } from './roles';
import { RoutingSection } from './routing';
import { RulesSection } from './rules';
import { ServiceLevelsSection } from './service-levels';
import { SkillsSection } from './skills';
import { SortingSection } from './sorting';
import { SourcesSection } from './sources';
import { TeamsSection } from './teams';
import { WeightsSection } from './weights';
import { WidgetSection } from './widget';

interface Place { name: string; needs?: Ability; show: ComponentType; group: 'mine' | 'people' | 'work' | 'channels' | 'company' }

const places: Place[] = [
  { name: 'me', show: MeSection, group: 'mine' },
  { name: 'look', show: LookSection, group: 'mine' },
  { name: 'signature', needs: 'ticket.reply', show: SignatureSection, group: 'mine' },
  { name: 'canned', needs: 'ticket.reply', show: CannedSection, group: 'mine' },
  { name: 'accounts', needs: 'account.read', show: AccountsSection, group: 'people' },
  { name: 'teams', needs: 'account.read', show: TeamsSection, group: 'people' },
  { name: 'roles', needs: 'account.read', show: RolesSection, group: 'people' },
  { name: 'agents', needs: 'queue.manage', show: AgentsSection, group: 'work' },
  { name: 'queues', needs: 'queue.manage', show: QueuesSection, group: 'work' },
  { name: 'routing', needs: 'queue.manage', show: RoutingSection, group: 'work' },
  { name: 'hours', needs: 'queue.manage', show: HoursSection, group: 'work' },
  { name: 'overflow', needs: 'queue.manage', show: OverflowSection, group: 'work' },
  { name: 'rules', needs: 'queue.manage', show: RulesSection, group: 'work' },
  { name: 'sorting', needs: 'queue.manage', show: SortingSection, group: 'work' },
  { name: 'service-levels', needs: 'queue.manage', show: ServiceLevelsSection, group: 'work' },
  { name: 'skills', needs: 'skill.manage', show: SkillsSection, group: 'work' },
  { name: 'dispositions', needs: 'queue.manage', show: DispositionsSection, group: 'work' },
  { name: 'reasons', needs: 'queue.manage', show: ReasonsSection, group: 'work' },
  { name: 'weights', needs: 'queue.manage', show: WeightsSection, group: 'work' },
  { name: 'macros', needs: 'ticket.edit', show: MacrosSection, group: 'work' },
  { name: 'fields', needs: 'company.manage', show: FieldsSection, group: 'work' },
  { name: 'mailboxes', needs: 'channel.manage', show: MailboxesSection, group: 'channels' },
  { name: 'writing', needs: 'queue.manage', show: WritingSection, group: 'channels' },
  { name: 'quarantine', needs: 'channel.manage', show: QuarantineSection, group: 'channels' },
  { name: 'loops', needs: 'board.watch', show: LoopsSection, group: 'channels' },
  { name: 'suppressed', needs: 'ticket.reply', show: SuppressedSection, group: 'channels' },
  { name: 'unsubscribed', needs: 'channel.manage', show: UnsubscribedSection, group: 'channels' },
  { name: 'widget', needs: 'widget.manage', show: WidgetSection, group: 'channels' },
  { name: 'brands', needs: 'widget.manage', show: BrandsSection, group: 'channels' },
  { name: 'sources', needs: 'channel.manage', show: SourcesSection, group: 'channels' },
  { name: 'blocked', needs: 'channel.manage', show: BlockedSection, group: 'channels' },
  { name: 'company', needs: 'company.manage', show: CompanySection, group: 'company' },
  { name: 'api-keys', needs: 'api-key.manage', show: ApiKeysSection, group: 'company' },
  { name: 'audit', needs: 'audit.read', show: AuditSection, group: 'company' },
];
const groups = ['mine', 'people', 'work', 'channels', 'company'] as const;

/** Everything that can be set, section by section, as far as the reader may. */
export function SettingsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { section } = useParams<{ section?: string }>();
  const shown = places.filter(({ needs }) => !needs || may(needs));
  if (!section) return <Redirect to="/settings/me" replace />;
  const place = shown.find(({ name }) => name === section);
  const Show = place?.show;
  return (
    <>
      <SidePane label={t('nav.settings')}>
        {may('company.manage') ? <Link href="/welcome" className="flex h-7 items-center rounded-md px-2 text-md text-accent hover:bg-hover">{t('welcome.link')}</Link> : null}
        {groups.map((group) => {
          const members = shown.filter((one) => one.group === group);
          return members.length === 0 ? null : <div key={group}><SideLabel>{t(`settings.group.${group}`)}</SideLabel>{members.map(({ name }) => <SideLink key={name} href={`/settings/${name}`}>{t(`settings.${name}`)}</SideLink>)}</div>;
        })}
      </SidePane>
      <Page title={place ? t(`settings.${place.name}`) : t('state.forbidden')} about={place ? t(`settings.${place.name}.about`) : t('state.forbidden.text')}>
        <div className="mb-4 sm:hidden"><PhoneWays label={t('nav.settings')} at={`/settings/${section}`} ways={shown.map(({ name }) => ({ href: `/settings/${name}`, text: t(`settings.${name}`) }))} /></div>
        {/* Forms and lists begin at the same edge here, and so do the words for an empty one. */}
        <div className="[&_[data-empty]]:mx-0 [&_[data-empty]]:max-w-[60ch] [&_[data-empty]]:items-start [&_[data-empty]]:px-0 [&_[data-empty]]:pt-2 [&_[data-empty]]:pb-4 [&_[data-empty]]:text-start">{Show ? <Show /> : <Link href="/" className="text-md text-accent underline-offset-2 hover:underline">{t('state.nowhere.go')}</Link>}</div>
      </Page>
    </>
  );
}
