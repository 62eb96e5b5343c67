import { useQuery } from '@tanstack/react-query';
import { guideEndpoints } from '../../../protocol/guide-endpoints';
import { call } from '../../api/call';
import { useTranslation } from '../../lib/i18n';
import { Section, Table } from '../../ui/page';
import { usePercent } from '../../ui/time';

/** How the guide does: the steps that lose most people first. */
export function GuideReportView({ guideId, locale }: { guideId: string; locale: string }) {
  const { t } = useTranslation();
  const percent = usePercent();
  const report = useQuery({ queryKey: ['guide-report', guideId, locale], queryFn: () => call(guideEndpoints.report, { params: { id: guideId }, query: { locale } }) });
  if (!report.data || report.data.runs === 0) return null;
  const { runs, solved, escalated, left, steps } = report.data;
  return (
    <Section title={t('guides.report')} about={t('guides.report.about', { runs, solved, escalated, left })}>
      <Table wide label={t('guides.report')} head={[t('guides.step'), t('guides.entered'), t('guides.left'), t('guides.to-person'), t('guides.back'), t('guides.loss'), t('guides.seconds')]}>
        {steps.map((step) => <tr key={step.nodeId}><td><bdi>{step.title}</bdi></td><td className="tnum">{step.entered}</td><td className="tnum">{step.left}</td><td className="tnum">{step.escalated}</td><td className="tnum">{step.back}</td><td className="tnum">{percent(step.loss)}</td><td className="tnum">{step.seconds === null ? '' : Math.round(step.seconds)}</td></tr>)}
      </Table>
    </Section>
  );
}
