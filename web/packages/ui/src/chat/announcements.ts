import { mentionsMe, type LiveMessage } from '@costage/sdk';

export interface AnnouncerOptions {
  say: (text: string) => void;
  me: string;
  summary: (count: number, name: string, text: string) => string;
  mention: (name: string, text: string) => string;
}

const kPauseMs = 5000;

/** What a screen reader is told of new messages: together, at most every five seconds; who names me is heard at once. */
export class ChatAnnouncer {
  private waiting: LiveMessage[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: AnnouncerOptions) {}

  tell(messages: readonly LiveMessage[]): void {
    const { me, say, mention } = this.options;
    const others = messages.filter((one) => one.kind === 'text' && one.status === 'shown' && one.userId !== me);
    for (const one of others) if (mentionsMe(one, me)) say(mention(one.name, one.text));
    this.waiting.push(...others.filter((one) => !mentionsMe(one, me)));
    if (this.timer === undefined) this.flush();
  }

  /** Nobody is to hear of what came until now. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private flush(): void {
    this.timer = undefined;
    const last = this.waiting.at(-1);
    if (!last) return;
    this.options.say(this.options.summary(this.waiting.length, last.name, last.text));
    this.waiting = [];
    this.timer = setTimeout(() => this.flush(), kPauseMs);
  }
}

/** What came since `before`, the newest of which was `last`; none of a list that begins anew. */
export function newSince(messages: readonly LiveMessage[], last: string | undefined): LiveMessage[] {
  const at = messages.findLastIndex((one) => one.messageId === last);
  return last === undefined || at < 0 ? [] : messages.slice(at + 1);
}
