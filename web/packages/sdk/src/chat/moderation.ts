import type { Http } from '../http.js';
import { LazyLive } from '../lazy_live.js';
import type { ServerMessage } from '../realtime.js';
import type { Unsubscribe } from '../store.js';
import type { ChatMessage, ChatReport, ModerationState, ReviewVerdict, Standing } from '../types.js';
import type { ModerationFeed } from './moderation_feed.js';

export interface ModerationPort {
  http: Http;
  path: (rest: string) => string;
  /** Messages of the room and of its chat, both subscribed as long as they are listened to. */
  onMessage: (listener: (message: ServerMessage) => void) => Unsubscribe;
  /** Whether I may see it, told again whenever that may have changed. */
  onRight: (listener: (mayModerate: boolean) => void) => Unsubscribe;
}

/**
 * What host and moderators see of a show and its chat, live, and what they do about it. Empty for everybody else. What follows it is
 * loaded when somebody listens.
 */
export class Moderation extends LazyLive<ModerationState, ModerationFeed> {
  constructor(private readonly port: ModerationPort) {
    super({ people: [], held: [], reports: [] }, async () => new (await import('./moderation_feed.js')).ModerationFeed(port));
  }

  /** Without `seconds` to the end of the show. */
  mute(userId: string, how: { seconds?: number; reason?: string } = {}): Promise<Standing> {
    return this.about(userId, 'mute', how);
  }

  unmute(userId: string): Promise<Standing> {
    return this.about(userId, 'unmute');
  }

  /** Out of the show, and not back in. */
  ban(userId: string, reason?: string): Promise<Standing> {
    return this.about(userId, 'ban', reason ? { reason } : undefined);
  }

  unban(userId: string): Promise<Standing> {
    return this.about(userId, 'unban');
  }

  /** A moderator for this show (host). */
  appoint(userId: string): Promise<Standing> {
    return this.about(userId, 'appoint');
  }

  dismiss(userId: string): Promise<Standing> {
    return this.about(userId, 'dismiss');
  }

  /** Shows a held message to everybody, or not. */
  review(messageId: string, verdict: ReviewVerdict): Promise<ChatMessage> {
    return this.port.http.write<ChatMessage>('POST', this.port.path(`/chat/messages/${encodeURIComponent(messageId)}/review`), { verdict });
  }

  settleReport(reportId: string): Promise<ChatReport> {
    return this.port.http.write<ChatReport>('POST', this.port.path(`/chat/reports/${encodeURIComponent(reportId)}/settle`));
  }

  private about(userId: string, verb: string, body?: object): Promise<Standing> {
    return this.port.http.write<Standing>('POST', this.port.path(`/people/${encodeURIComponent(userId)}/${verb}`), body);
  }
}
