import { useAction } from '@costage/react';
import { createDevToken } from '@costage/sdk';
import { Button, messages, Problem, Text } from '@costage/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import { serverUrl } from '../lib/base.js';
import { LanguageChoice } from '../parts/language_choice.js';
import { useTitle } from '../lib/use_title.js';

/** Development servers only: a name is enough. */
export function NameScreen({ onToken }: { onToken: (token: string) => void }): ReactElement {
  const [name, setName] = useState('');
  const action = useAction();
  useTitle(messages.brand);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    void action.run(async () => onToken((await createDevToken(serverUrl(), name.trim())).token));
  };
  return (
    <form className="cs-card cs-narrow" onSubmit={submit}>
      <h1>{messages.name.title}</h1>
      <p className="cs-hint">{messages.name.lead}</p>
      <Text label={messages.name.label} placeholder={messages.name.placeholder} value={name} onChange={setName} testId="name-input" maxLength={64} autoFocus />
      <Problem error={action.error} />
      <Button type="submit" tone="primary" isDisabled={action.busy || name.trim() === ''} data-testid="name-continue">
        {action.busy ? messages.name.busy : messages.name.submit}
      </Button>
      <LanguageChoice />
    </form>
  );
}
