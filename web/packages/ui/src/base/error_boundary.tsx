import { Component, type ReactNode } from 'react';
import { messages } from '../words/messages.js';
import { Button } from './button.js';
import { StatusPage } from './status_page.js';

interface Props {
  children: ReactNode;
  /** Nothing else is left of the page, not even its frame. */
  whole?: boolean;
}

/** A failure of the page itself is said in words, never shown as a blank page. React has no hook for this. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { children, whole } = this.props;
    if (!this.state.failed) return children;
    return whole ? <main className="cs-page">{this.words()}</main> : this.words();
  }

  private words(): ReactNode {
    return (
      <div role="alert">
        <StatusPage alone testId="page-failed" title={messages.broken.title} lead={messages.broken.lead}>
          <div className="cs-actions">
            <Button onPress={() => location.reload()} data-testid="page-reload">{messages.broken.reload}</Button>
            <Button tone="primary" autoFocus onPress={() => this.setState({ failed: false })} data-testid="page-retry">{messages.tryAgain}</Button>
          </div>
        </StatusPage>
      </div>
    );
  }
}
