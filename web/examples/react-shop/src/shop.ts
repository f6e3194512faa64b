// What the page asks of the shop's own backend.
export interface Show {
  roomId: string;
  title: string;
  hostName: string;
  isOn: boolean;
}

async function ask<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(path, body && { method: 'POST', body: JSON.stringify(body) });
  const value = (await answer.json()) as T & { message?: string };
  if (!answer.ok) throw new Error(value.message);
  return value;
}

export const signIn = (name: string): Promise<unknown> => ask('/sign-in', { name });
export const getToken = async (): Promise<string> => (await ask<{ token: string }>('/token', {})).token;
export const getShows = (): Promise<Show[]> => ask('/shows');
export const makeShow = async (title: string): Promise<string> => (await ask<{ roomId: string }>('/shows', { title })).roomId;
