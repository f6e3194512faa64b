import type { Ingress } from '@costage/sdk';
import type { ReactElement } from 'react';
import { CopyButton } from '../base/copy_button.js';
import { AddressField, Secret } from '../base/secret.js';
import { messages } from '../words/messages.js';

/** Where the software sends to, and how that goes. */
export function SoftwareFacts({ ingress }: { ingress: Ingress }): ReactElement {
  const { input, url, streamKey, state, error } = ingress;
  const words = messages.software;
  return (
    <div className="cs-software">
      <p className="cs-software-state" role="status" data-state={state} data-testid="software-state">
        {words.states[state]}
        {state === 'failed' && error !== undefined && <>: <bdi>{error}</bdi></>}
      </p>
      <AddressField label={words.url} value={url} testId="software-url">
        <CopyButton text={url} label={words.copyUrl} testId="software-copy-url" />
      </AddressField>
      <Secret label={input === 'whip' ? words.token : words.key} value={streamKey} testId="software-key">
        <CopyButton text={streamKey} label={words.copyKey} testId="software-copy-key" />
      </Secret>
      <p className="cs-hint">{words.secret}</p>
    </div>
  );
}
