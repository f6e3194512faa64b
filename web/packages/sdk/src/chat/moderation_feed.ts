import { toCostageError } from '../errors.js';
import type { Live } from '../live.js';
import { upsertStanding } from '../room/reducer.js';
import type { ServerMessage } from '../realtime.js';
import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';
import type { ChatMessage, ChatReport, ModerationState, RoomEvent } from '../types.js';
import type { ModerationPort } from './moderation.js';

const kNothing: ModerationState = { people: [], held: [], reports: [] };

/** Pure: an event of the room or of its chat changes what is to be decided. */
export function applyModeration(state: ModerationState, { type, data }: RoomEvent): ModerationState {
  const { standing, message, report } = data ?? {};
  let { people, held, reports } = state;
  if (standing) people = upsertStanding(people, standing);
  if (report) reports = withReport(reports, report);
  if (message) {
    held = withHeld(held, message);
    reports = reports.map((one) => (one.message.messageId === message.messageId ? { ...one, message } : one));
  }
  return type.startsWith('moderation.') || type.startsWith('chat.') ? { people, held, reports } : state;
}

function withHeld(held: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const at = held.findIndex((one) => one.messageId === message.messageId);
  if (message.status !== 'held') return held.filter((one) => one.messageId !== message.messageId);
  return at < 0 ? [...held, message] : held.with(at, message);
}

function withReport(reports: readonly ChatReport[], report: ChatReport): ChatReport[] {
  const at = reports.findIndex((one) => one.reportId === report.reportId);
  if (!report.open) return reports.filter((one) => one.reportId !== report.reportId);
  return at < 0 ? [...reports, report] : reports.with(at, report);
}

/** Asks for it once and follows it as long as somebody listens. */
export class ModerationFeed extends LiveObject<Live<ModerationState>> {
  private readonly store: Store<Live<ModerationState>>;
  private stops: Unsubscribe[] = [];
  private mayModerate: boolean | undefined;
  /** What is answered to an earlier question is not taken. */
  private question = 0;
  private isAsking = false;
  /** Told while the answer is on its way, which may have been read before. */
  private told: RoomEvent[] = [];

  constructor(private readonly port: ModerationPort) {
    super();
    this.store = new Store<Live<ModerationState>>({ data: kNothing, loading: true, error: undefined }, () => this.start(), () => this.stop());
  }

  getSnapshot = (): Live<ModerationState> => this.store.getSnapshot();
  subscribe = (listener: Listener<Live<ModerationState>>): Unsubscribe => this.store.subscribe(listener);

  private start(): void {
    this.stops = [this.port.onMessage((message) => this.take(message)), this.port.onRight((mayModerate) => this.allow(mayModerate))];
  }

  private stop(): void {
    this.question++;
    this.mayModerate = undefined;
    this.isAsking = false;
    for (const stop of this.stops) stop();
  }

  private allow(mayModerate: boolean): void {
    if (mayModerate === this.mayModerate) return;
    this.mayModerate = mayModerate;
    if (mayModerate) return void this.ask();
    this.question++;
    this.isAsking = false;
    this.store.set({ data: kNothing, loading: false, error: undefined });
  }

  private take(message: ServerMessage): void {
    if (!this.mayModerate) return;
    // A snapshot instead of events: something was missed.
    if (message.type === 'snapshot') return void this.ask();
    if (message.type !== 'event') return;
    const event = message['event'] as RoomEvent;
    if (this.isAsking) this.told.push(event);
    this.store.update({ data: applyModeration(this.store.getSnapshot().data, event) });
  }

  private async ask(): Promise<void> {
    const mine = ++this.question;
    this.isAsking = true;
    this.told = [];
    this.store.update({ loading: true });
    try {
      const answer = await this.port.http.get<ModerationState>(this.port.path('/moderation'));
      if (mine === this.question) this.store.set({ data: this.told.reduce(applyModeration, answer), loading: false, error: undefined });
    } catch (cause) {
      if (mine === this.question) this.store.update({ loading: false, error: toCostageError(cause) });
    }
    if (mine === this.question) this.isAsking = false;
  }
}
