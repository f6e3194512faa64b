import { useLive, useNow, useSession } from '@costage/react';
import { Button, messages, Text } from '@costage/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import { tokenInLink, type LinkProblem } from '../lib/session.js';

/** Warns before the access ends, says so when it has, and takes a new link without a break in what runs. */
export function AccessBanner({ onToken }: { onToken: (token: string) => void }): ReactElement | null {
  const { phase } = useLive(useSession().client.access);
  if (phase === 'valid') return null;
  const words = messages.access[phase];
  return (
    <section className="cs-access-banner" data-testid="access-banner" data-phase={phase} aria-labelledby="access-title">
      <div role="alert">
        <h2 id="access-title">{words.title}</h2>
        <p>{words.lead}</p>
      </div>
      {phase === 'expiring' && <TimeLeft />}
      <NewLink onToken={onToken} />
    </section>
  );
}

function TimeLeft(): ReactElement | null {
  const { expiresAt } = useLive(useSession().client.access);
  const now = useNow(true);
  if (expiresAt === undefined) return null;
  return (
    <p className="cs-countdown" aria-live="off">
      {messages.access.timeLeft({ seconds: Math.max(0, Math.ceil((expiresAt - now) / 1000)) })}
    </p>
  );
}

function NewLink({ onToken }: { onToken: (token: string) => void }): ReactElement {
  const { user } = useSession();
  const [link, setLink] = useState('');
  const [problem, setProblem] = useState<LinkProblem>();
  const change = (text: string): void => {
    setLink(text);
    setProblem(undefined);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = tokenInLink(link, user.userId);
    if ('token' in found) onToken(found.token);
    else setProblem(found.problem);
  };
  return (
    <form className="cs-invite-row" onSubmit={submit}>
      <Text
        label={messages.access.newLink}
        value={link}
        onChange={change}
        isInvalid={problem !== undefined}
        {...(problem === undefined ? {} : { description: messages.access.problems[problem] })}
        testId="new-link"
      />
      <Button type="submit" isDisabled={link.trim() === ''} data-testid="use-new-link">
        {messages.access.useLink}
      </Button>
    </form>
  );
}
