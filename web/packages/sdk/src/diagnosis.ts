// What is wrong, in codes and sentences: what the server finds, and what only the page of the person can know.
import type { CostageError } from './errors.js';
import type { Connection } from './realtime.js';
import type { MediaState } from './media/media_state.js';
import type { ReadinessState } from './media/readiness.js';
import type { Diagnosis, Finding } from './types.js';

export type FindingSeverity = Finding['severity'];

/** Found by the page itself. Devices and the way to the server have the codes that their errors have. */
export type LocalFindingCode =
  | 'token_expired'
  | 'realtime_lost'
  | 'media_refused'
  | 'media_unreachable'
  | 'media_reconnecting'
  | 'open_elsewhere'
  | 'insecure_page'
  | `${'camera' | 'microphone'}_${'denied' | 'missing' | 'gone' | 'busy' | 'failed'}`;

export type LiveFinding = Omit<Finding, 'code'> & { code: Finding['code'] | LocalFindingCode };
export type LiveDiagnosis = Omit<Diagnosis, 'findings'> & { findings: LiveFinding[] };

/** What a page knows of itself. */
export interface LocalFacts {
  mediaState: Pick<MediaState, 'phase' | 'error' | 'ended' | 'cameraError' | 'microphoneError' | 'quality'>;
  readiness?: Pick<ReadinessState, 'camera' | 'microphone' | 'grade'> | undefined;
  connection: Pick<Connection, 'phase' | 'attempt' | 'error'>;
  /** Why the server did not say what it finds. */
  refusal?: CostageError | undefined;
}

const local = (code: LiveFinding['code'], severity: FindingSeverity, detail: string, advice: string): LiveFinding => ({ code, severity, detail, advice });

function ofConnection({ connection: { phase, attempt, error }, refusal }: LocalFacts): LiveFinding | undefined {
  if (error?.isAuthentication || refusal?.isAuthentication) return local('token_expired', 'problem', 'Your access has ended.', 'Open the link that you were given again.');
  const isLost = refusal?.code === 'network' || phase === 'waiting' || phase === 'refused' || (phase === 'connecting' && attempt > 0);
  return isLost ? local('realtime_lost', 'problem', 'The connection to the server is lost, so you hear of nothing new.', 'Check your network. It is tried again by itself.') : undefined;
}

function ofMedia({ phase, error, ended }: LocalFacts['mediaState']): LiveFinding | undefined {
  if (error?.code === 'media_refused') return local('media_refused', 'problem', 'The media server did not let you in.', 'Try again; your place on stage may have ended.');
  if (error?.code === 'media_unreachable') return local('media_unreachable', 'problem', 'Sound and video cannot be reached from your network.', 'Use another network, or ask whoever runs yours to let them through.');
  if (ended === 'duplicate') return local('open_elsewhere', 'warning', 'You are connected in another window.', 'Go on there, or close it.');
  if (phase === 'reconnecting') return local('media_reconnecting', 'warning', 'Sound and video are reconnecting.', 'Wait a moment, or use another network.');
  return undefined;
}

const kDeviceWords: Record<string, readonly [detail: string, advice: string]> = {
  denied: ['is blocked.', 'Allow it at the sign beside the address, and try again.'],
  missing: ['was not found.', 'Connect one and try again.'],
  gone: ['that was in use is not connected any more.', 'Choose another one, or connect it again.'],
  busy: ['cannot be used now.', 'Close other programs that may be using it, and try again.'],
  failed: ['could not be started.', 'Try again, or choose another one.'],
};
const kKindOf: Partial<Record<ReadinessState['camera'] | ReadinessState['microphone'], string>> = { blocked: 'denied', missing: 'missing', busy: 'busy' };

function ofDevice(device: 'camera' | 'microphone', { mediaState, readiness }: LocalFacts): LiveFinding | undefined {
  const error = device === 'camera' ? mediaState.cameraError : mediaState.microphoneError;
  if (error?.code === 'insecure_page') return local('insecure_page', 'problem', 'Browsers allow camera and microphone on secure pages only.', 'Open this page with https.');
  const kind = error?.code.split('_')[1] ?? (readiness && kKindOf[readiness[device]]);
  const words = kind === undefined ? undefined : kDeviceWords[kind];
  return words && local(`${device}_${kind}` as LocalFindingCode, 'warning', `Your ${device} ${words[0]}`, words[1]);
}

function ofQuality({ mediaState, readiness }: LocalFacts): LiveFinding | undefined {
  const { quality } = mediaState;
  const isPoor = quality === 'poor' || quality === 'lost' || readiness?.grade === 'poor' || readiness?.grade === 'unreachable';
  return isPoor ? local('connection_poor', 'warning', 'Your connection is poor.', 'Use another network or a cable, or switch the camera off.') : undefined;
}

/** The page knows why; the server only that. */
function isSaidBetter(code: LiveFinding['code'], found: readonly LiveFinding[]): boolean {
  const has = (start: string): boolean => found.some((one) => one.code.startsWith(start));
  if (code === 'all_good') return found.length > 0;
  if (code === 'camera_off') return has('camera_');
  if (code === 'microphone_off' || code === 'microphone_silent') return has('microphone_');
  return found.some((one) => one.code === code);
}

const kWeight: Record<FindingSeverity, number> = { problem: 0, warning: 1, info: 2 };

/** What the server found of this person, and what their own page knows beside it; what weighs most comes first. */
export function withLocalFindings(findings: readonly LiveFinding[], facts: LocalFacts): LiveFinding[] {
  const found = [ofConnection(facts), ofMedia(facts.mediaState), ofDevice('camera', facts), ofDevice('microphone', facts), ofQuality(facts)];
  const own = found.filter((one) => one !== undefined).filter((one, at, all) => all.findIndex(({ code }) => code === one.code) === at);
  return [...own, ...findings.filter((one) => !isSaidBetter(one.code, own))].sort((a, b) => kWeight[a.severity] - kWeight[b.severity]);
}
