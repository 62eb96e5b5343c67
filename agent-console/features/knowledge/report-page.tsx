import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { makingEndpoints, type AuthorRow, type Deflection, type KnowledgeGap, type TeamRow } from '../../../protocol/making';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useAgentName, useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Segments } from '../../ui/field';
import { Page, Section, Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { usePercent } from '../../ui/time';

const spans = ['7', '30', '90', '365'] as const;
type Span = (typeof spans)[number];

function Gaps({ rows }: { rows: KnowledgeGap[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <Empty title={t('gaps.none')} text={t('gaps.none.text')} />;
  return (
    <>
      <Table label={t('gaps.title')} head={[t('gaps.about'), ...(['tickets', 'searches', 'wrote', 'saves'] as const).map((name) => <span key={name} className="block text-end">{t(`gaps.${name}`)}</span>)]}>
        {rows.map((gap) => (
          <tr key={gap.label}>
            <td className="min-w-52 py-2"><bdi className="font-medium">{gap.label}</bdi>
              {gap.ticketIds.length > 0 ? <span className="mt-1 flex flex-wrap gap-2 text-xs">{gap.ticketIds.slice(0, 5).map((id, index) => <Link key={id} href={`/tickets/${id}`} className="text-accent hover:underline">{t('gaps.ticket', { n: index + 1 })}</Link>)}</span> : null}</td>
            <td className="text-end tnum">{gap.tickets}</td><td className="text-end tnum">{gap.searches}</td><td className="text-end tnum">{gap.wrote}</td><td className="text-end whitespace-nowrap tnum">{t('gaps.minutes', { count: Math.round(gap.saves) })}</td>
          </tr>
        ))}
      </Table>
      <p className="mt-2 max-w-[70ch] text-xs text-muted">{t('gaps.formula')}</p>
    </>
  );
}

function DeflectionFigures({ figures }: { figures: Deflection }) {
  const { t } = useTranslation();
  const share = usePercent();
  return (
    <>
      <p className="text-3xl font-semibold tnum" data-testid="deflection-rate">{share(figures.rate)}</p>
      <dl className="mt-2 grid max-w-[480px] gap-1 text-md">{(['visits', 'quiet', 'wrote', 'read', 'readQuiet', 'without'] as const).map((name) => <div key={name} className="flex gap-4 border-b border-line py-1"><dt className="flex-1 text-soft">{t(`deflection.${name}`)}</dt><dd className="tnum">{figures[name]}</dd></div>)}</dl>
      <p className="mt-2 max-w-[70ch] text-xs text-muted">{t('deflection.formula')}</p>
    </>
  );
}

type Done = Omit<TeamRow, 'teamId'>;

function DoneTable({ label, rows }: { label: string; rows: Done[] }) {
  const { t } = useTranslation();
  const share = usePercent();
  return (
    <Table wide label={label} head={[label, ...(['solved', 'linked', 'rate', 'created', 'reused', 'helpful', 'flags'] as const).map((name) => <span key={name} className="block text-end">{t(`authors.${name}`)}</span>)]}>
      {rows.map((row, at) => <tr key={`${row.name} ${at}`}><td><bdi>{row.name}</bdi></td>{[row.solved, row.linked, share(row.linkRate), row.created, row.reused, share(row.helpful), row.flags].map((value, index) => <td key={index} className="text-end whitespace-nowrap tnum">{value}</td>)}</tr>)}
    </Table>
  );
}

function Authors({ rows, teams }: { rows: AuthorRow[]; teams: TeamRow[] }) {
  const { t } = useTranslation();
  const nameOf = useAgentName();
  if (rows.length === 0) return <Empty title={t('authors.none')} />;
  return (
    <>
      {teams.length > 0 ? <div className="mb-6"><DoneTable label={t('authors.team')} rows={teams} /></div> : null}
      <DoneTable label={t('authors.name')} rows={rows.map((row) => ({ ...row, name: nameOf(row.accountId) || t('authors.unknown') }))} />
    </>
  );
}

function Links() {
  const { t } = useTranslation();
  const links = useQuery({ queryKey: keys.settings('broken-links'), queryFn: () => call(makingEndpoints.brokenLinks) });
  return (
    <Loaded query={links} rows={2}>{(found) => (
      <>
        <p className="text-md text-muted">{t('links.looked', { count: found.checked, outside: found.outside })}</p>
        <ul className="mt-2">{found.rows.map((row) => <li key={`${row.articleId}${row.locale}${row.href}`} className="flex gap-3 border-b border-line py-2 text-md"><Link href={`/knowledge/${row.articleId}`} className="text-accent hover:underline">{t('links.article')} ({row.locale})</Link><code className="min-w-0 truncate text-sm" dir="ltr">{row.href}</code></li>)}</ul>
      </>
    )}</Loaded>
  );
}

/** How the knowledge base does: what is missing, how often it was enough, who writes, which links are broken. */
export function KnowledgeReportPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [span, setSpan] = useState<Span>('30');
  const query = { days: Number(span) };
  const gaps = useQuery({ queryKey: ['knowledge-report', 'gaps', span], queryFn: () => call(makingEndpoints.gaps, { query }), enabled: may('article.write') });
  const deflection = useQuery({ queryKey: ['knowledge-report', 'deflection', span], queryFn: () => call(makingEndpoints.deflection, { query }) });
  const authors = useQuery({ queryKey: ['knowledge-report', 'authors', span], queryFn: () => call(makingEndpoints.authors, { query }), enabled: may('report.read') });
  return (
    <Page title={t('kreport.title')} about={t('kreport.about')} back={{ href: '/knowledge', text: t('knowledge.all') }}>
      <div className="mb-6"><Segments label={t('kreport.span')} value={span} onChange={setSpan} options={spans.map((value) => ({ value, label: t('kreport.days', { count: Number(value) }) }))} /></div>
      {may('article.write') ? <Section title={t('gaps.title')} about={t('gaps.title.about')}><Loaded query={gaps}>{({ rows }) => <Gaps rows={rows} />}</Loaded></Section> : null}
      <Section title={t('deflection.title')} about={t('deflection.title.about')}><Loaded query={deflection} rows={3}>{(figures) => <DeflectionFigures figures={figures} />}</Loaded></Section>
      {may('report.read') ? <Section title={t('authors.title')} about={t('authors.title.about')}><Loaded query={authors} rows={3}>{(found) => <Authors {...found} />}</Loaded></Section> : null}
      {may('article.write') ? <Section title={t('links.title')}><Links /></Section> : null}
    </Page>
  );
}
