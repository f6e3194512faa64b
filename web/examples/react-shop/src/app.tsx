import { CostageProvider } from '@costage/react';
import { createClient, type Client } from '@costage/sdk';
import { CoHostedShow, ConnectionBanner, CostageRoot } from '@costage/ui';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { Products } from './products.js';
import { getShows, getToken, makeShow, signIn, type Show } from './shop.js';

declare const __COSTAGE_URL__: string;
const kLookMs = 3000;

export function App(): ReactElement {
  const [client, setClient] = useState<Client>();
  const enter = async (name: string): Promise<void> => {
    await signIn(name);
    setClient(createClient({ url: __COSTAGE_URL__, token: getToken }));
  };
  return (
    <div className="shop">
      <header><strong className="shop-name">Bowls &amp; more</strong></header>
      <main className="shop-page">
        <Products />
        <section className="live" aria-label="Live">
          {client ? <CostageProvider client={client} fallback="One moment…"><Live /></CostageProvider> : <Ask label="Your name" verb="Sign in" onAnswer={enter} />}
        </section>
      </main>
    </div>
  );
}

function Live(): ReactElement {
  const [roomId, setRoomId] = useState<string>();
  const close = (): void => setRoomId(undefined);
  return (
    <CostageRoot>
      <ConnectionBanner />
      {roomId === undefined ? <Shows onOpen={setRoomId} /> : <CoHostedShow roomId={roomId} onBack={close} />}
    </CostageRoot>
  );
}

function Shows({ onOpen }: { onOpen: (roomId: string) => void }): ReactElement {
  const shows = useShows();
  return (
    <>
      <h2>Live from the workshop</h2>
      {shows.map(({ roomId, title, hostName, isOn }) => (
        <button key={roomId} onClick={() => onOpen(roomId)}>{title}, with {hostName}{isOn && ' · live'}</button>
      ))}
      <Ask label="Sell live" initially="Evening bowls" verb="Make a show" onAnswer={async (title) => onOpen(await makeShow(title))} />
    </>
  );
}

function useShows(): Show[] {
  const [shows, setShows] = useState<Show[]>([]);
  useEffect(() => {
    // A look that fails is one of many.
    const look = (): void => void getShows().then(setShows, () => undefined);
    look();
    const timer = setInterval(look, kLookMs);
    return () => clearInterval(timer);
  }, []);
  return shows;
}

interface AskProps {
  label: string;
  initially?: string;
  verb: string;
  onAnswer: (text: string) => Promise<void>;
}

function Ask({ label, initially, verb, onAnswer }: AskProps): ReactElement {
  const [problem, setProblem] = useState('');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onAnswer(String(new FormData(event.currentTarget).get('text'))).catch((error: Error) => setProblem(error.message));
  };
  return (
    <form className="ask" onSubmit={submit}>
      <label>{label}<input name="text" required maxLength={100} defaultValue={initially} /></label>
      <button>{verb}</button>
      <p role="alert">{problem}</p>
    </form>
  );
}
