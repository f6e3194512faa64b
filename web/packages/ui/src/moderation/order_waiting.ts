import type { ModerationState } from '@costage/sdk';

/** What host and moderators are to decide. */
export interface Waiting {
  held: number;
  reports: number;
}

export function waitingIn({ held, reports }: Pick<ModerationState, 'held' | 'reports'>): Waiting {
  return { held: held.length, reports: reports.length };
}

const kPauseMs = 5000;

/** Tells a screen reader when more waits than before: at most every five seconds, and then how much it is by then. */
export class WaitingAnnouncer {
  private before: Waiting = { held: 0, reports: 0 };
  private isNews = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (waiting: Waiting) => void) {}

  tell(now: Waiting): void {
    if (now.held > this.before.held || now.reports > this.before.reports) this.isNews = true;
    this.before = now;
    if (this.timer === undefined) this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const { held, reports } = this.before;
    if (!this.isNews || held + reports === 0) return;
    this.isNews = false;
    this.say(this.before);
    this.timer = setTimeout(() => this.flush(), kPauseMs);
  }
}
