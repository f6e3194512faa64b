import { CostageProvider, useSession } from '@costage/react';
import { createClient, readToken, watchAsGuest, type ServerInfo } from '@costage/sdk';
import { Button, ConnectionBanner, ErrorBoundary, loginAddress, messages, Notices, StatusPage } from '@costage/ui';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { serverUrl, withBase } from './lib/base.js';
import { isFramed, onPageToken, tellPage } from './lib/embedding.js';
import { attempt, navigate, parseRoute, roomOf, usePath, type Route } from './lib/route.js';
import { forgetToken, freshToken, givenToken, keepToken, takeToken } from './lib/session.js';
import { useServer } from './lib/server.js';
import { kStudioVersion } from './lib/version.js';
import { AccessBanner } from './parts/access_banner.js';
import { AccountMenu } from './parts/account_menu.js';
import { InvitedElsewhere } from './parts/invited_elsewhere.js';
import { EmbedScreen } from './screens/embed_screen.js';
import { HomeScreen } from './screens/home_screen.js';
import { NameScreen } from './screens/name_screen.js';
import { RoomScreen } from './screens/room_screen.js';
import { UnknownScreen } from './screens/unknown_screen.js';

/** How long a page takes at most to fetch a token for the show in it. */
const kTokenPatienceMs = 3000;

export function App(): ReactElement {
  const [token, setToken] = useState(takeToken);
  const signIn = (next: string): void => {
    keepToken(next);
    setToken(next);
  };
  useEffect(() => {
    const onHash = (): void => {
      const given = givenToken();
      if (given === undefined) return;
      const isSame = readToken(given).userId === readToken(token).userId;
      if (isSame) signIn(given);
      else attempt(() => signIn(given));
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [token]);
  useEffect(() => onPageToken(signIn), []);
  useEffect(() => tellPage({ costage: 'ready' }), []);
  const signOut = (): void => {
    forgetToken();
    setToken(undefined);
  };
  if (token === undefined) return <SignedOut onToken={signIn} />;
  // Another token of the same person changes nothing on the page; another person starts anew.
  return <SignedIn key={readToken(token).userId ?? token} token={token} onToken={signIn} onSignOut={signOut} />;
}

const useRoute = (): Route => parseRoute(usePath());

function Frame({ account, children }: { account?: ReactNode; children: ReactNode }): ReactElement {
  if (useRoute().name === 'embed') return <div className="cs-embedded"><Notices />{children}</div>;
  return (
    <>
      <header className="cs-topbar">
        <a
          className="cs-brand"
          href={withBase('/')}
          onClick={(event) => {
            event.preventDefault();
            navigate('/');
          }}
        >
          <img src={withBase('/favicon.svg')} alt="" width="28" height="28" />
          {messages.brand}
        </a>
        <Notices />
        {account}
      </header>
      {children}
    </>
  );
}

function SignedOut({ onToken }: { onToken: (token: string) => void }): ReactElement {
  const { server, failed } = useServer();
  const guest = useGuestToken(server);
  const mayComeStill = useMayComeStill();
  if (mayComeStill) return <Frame><main className="cs-page" /></Frame>;
  return (
    <Frame>
      <main className="cs-page">
        {server?.dev && <NameScreen onToken={onToken} />}
        {server && !server.dev && guest.asked && !guest.token && (
          <NoAccess loginUrl={server.loginUrl} title={messages.noToken.title} lead={messages.noToken.lead} />
        )}
        {guest.token !== undefined && <AsGuest loginUrl={server?.loginUrl} onGo={() => onToken(guest.token ?? '')} />}
        {!server && failed && <StatusPage alone title={messages.serverGone.title} lead={messages.serverGone.lead} />}
      </main>
    </Frame>
  );
}

/** The page around a show is about to give it a token; if it does not, people are let in as they are on a page of their own. */
function useMayComeStill(): boolean {
  const isEmbedded = useRoute().name === 'embed' && isFramed();
  const [isOver, setOver] = useState(!isEmbedded);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), kTokenPatienceMs);
    return () => clearTimeout(timer);
  }, []);
  return !isOver;
}

interface AsGuestProps {
  loginUrl: string | undefined;
  onGo: () => void;
}

function AsGuest({ loginUrl, onGo }: AsGuestProps): ReactElement {
  return (
    <StatusPage alone testId="as-guest" title={messages.guest.title} lead={messages.guest.lead}>
      <div className="cs-actions">
        {loginUrl !== undefined && (
          <Button onPress={() => location.assign(loginAddress(loginUrl, location))} data-testid="login">
            {messages.guest.orSignIn}
          </Button>
        )}
        <Button tone="primary" onPress={onGo} data-testid="watch-as-guest">
          {messages.guest.go}
        </Button>
      </div>
    </StatusPage>
  );
}

/** Without access: the way to where the application gives it, if there is one. */
function NoAccess({ loginUrl, title, lead }: { loginUrl: string | undefined; title: string; lead: string }): ReactElement {
  if (loginUrl === undefined) return <StatusPage alone testId="no-access" title={title} lead={lead} />;
  return (
    <StatusPage alone testId="no-access" title={messages.login.title} lead={messages.login.lead}>
      <Button tone="primary" onPress={() => location.assign(loginAddress(loginUrl, location))} data-testid="login">
        {messages.login.go}
      </Button>
    </StatusPage>
  );
}

interface SignedInProps {
  token: string;
  onToken: (token: string) => void;
  onSignOut: () => void;
}

/** Who is in stays in: a show that runs outlives the token that opened the door. */
function SignedIn({ token, onToken, onSignOut }: SignedInProps): ReactElement {
  const isEmbedded = useRoute().name === 'embed';
  const [client] = useState(() => createClient({ url: serverUrl(), token: freshToken, clientVersion: kStudioVersion }));
  useEffect(() => client.setToken(token), [client, token]);
  return (
    <CostageProvider
      client={client}
      fallback={<Frame><main className="cs-page" /></Frame>}
      failed={(error) => (error.isAuthentication ? <AccessEnded onSignOut={onSignOut} /> : <ServerGone />)}
    >
      <Frame account={<AccountMenu />}>
        {/* A page around it is told, and brings another. */}
        {!isEmbedded && <AccessBanner onToken={onToken} />}
        <ConnectionBanner />
        <InvitedElsewhere />
        <Screen />
      </Frame>
    </CostageProvider>
  );
}

function ServerGone(): ReactElement {
  return (
    <Frame>
      <main className="cs-page">
        <StatusPage alone title={messages.serverGone.title} lead={messages.serverGone.lead} />
      </main>
    </Frame>
  );
}

function Screen(): ReactElement {
  const path = usePath();
  const route = useRoute();
  const { user, server } = useSession();
  // A guest knows one show; all others are for people with access.
  if (user.guestOf !== undefined && roomOf(route) !== user.guestOf) {
    return (
      <main className="cs-page">
        <NoAccess loginUrl={server?.loginUrl} title={messages.noToken.title} lead={messages.noToken.lead} />
      </main>
    );
  }
  return (
    <main className="cs-page">
      <ErrorBoundary key={path}>
        {route.name === 'room' && <RoomScreen key={route.roomId} roomId={route.roomId} />}
        {route.name === 'embed' && <EmbedScreen key={route.roomId} roomId={route.roomId} />}
        {route.name === 'home' && <HomeScreen />}
        {route.name === 'unknown' && <UnknownScreen />}
      </ErrorBoundary>
    </main>
  );
}

/** What lets somebody without an account watch the show of this address, if its host allows that. */
function useGuestToken(server: ServerInfo | undefined): { asked: boolean; token: string | undefined } {
  const roomId = roomOf(useRoute());
  const [answer, setAnswer] = useState<{ roomId: string | undefined; token: string | undefined }>();
  const wanted = server !== undefined && !server.dev;
  useEffect(() => {
    if (!wanted) return;
    let stopped = false;
    const ask = async (): Promise<void> => {
      const guest = roomId === undefined ? undefined : await watchAsGuest(serverUrl(), roomId).catch(() => undefined);
      if (!stopped) setAnswer({ roomId, token: guest?.token });
    };
    void ask();
    return () => {
      stopped = true;
    };
  }, [wanted, roomId]);
  const asked = answer !== undefined && answer.roomId === roomId;
  return { asked, token: asked ? answer.token : undefined };
}

function AccessEnded({ onSignOut }: { onSignOut: () => void }): ReactElement {
  const { server } = useServer();
  return (
    <Frame>
      <main className="cs-page" data-testid="access-ended">
        {server?.dev ? (
          <StatusPage alone title={messages.signedOut.title} lead={messages.signedOut.devLead}>
            <Button tone="primary" onPress={onSignOut}>
              {messages.signedOut.again}
            </Button>
          </StatusPage>
        ) : (
          <NoAccess loginUrl={server?.loginUrl} title={messages.signedOut.title} lead={messages.signedOut.lead} />
        )}
      </main>
    </Frame>
  );
}
