import { callText, readCallText } from '../../protocol';

test('what a call is called by is read again as what was said, and nothing else is', () => {
  for (const outcome of ['answered', 'missed', 'voicemail', 'busy', 'failed'] as const) for (const direction of ['in', 'out'] as const) for (const seconds of ['answered', 'voicemail'].includes(outcome) ? [0, 7, 60, 192] : [0]) {
    const said = { direction, number: '+49 30 1234567', outcome, seconds };
    expect(readCallText(callText(said))).toEqual(said);
  }
  expect(['Call from Ana', 'Missed call', 'Call from +49301234567, 3 hours', 'Missed call from +49301234567, 5 s', 'My call from +49301234567, 5 s', ''].map(readCallText)).toEqual([null, null, null, null, null, null]);
});
