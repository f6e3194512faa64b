// A meeting as LiveKit's own Meet sample has it: /rooms/<name> asks for camera, microphone and a name, then shows the conference.
import { LiveKitRoom, PreJoin, VideoConference, formatChatMessageLinks, useLocalParticipant, useRemoteParticipants } from '@livekit/components-react';
import '@livekit/components-styles';
import { DisconnectReason, VideoPresets } from 'livekit-client';
import { useCallback, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';

const roomName = decodeURIComponent(location.pathname.split('/').pop());

async function ask(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const connectionDetails = (participantName) => ask(`/api/connection-details?${new URLSearchParams({ roomName, participantName })}`);

function Page() {
  const [choices, setChoices] = useState();
  const [details, setDetails] = useState();
  const [farewell, setFarewell] = useState();
  const join = useCallback((chosen) => {
    setChoices(chosen);
    connectionDetails(chosen.username).then(setDetails, showError);
  }, []);
  const leave = useCallback((reason) => setFarewell(reason === DisconnectReason.PARTICIPANT_REMOVED ? 'You were removed from the meeting.' : 'You left the meeting.'), []);
  if (farewell) return <main data-lk-theme="default" className="lobby"><p role="status">{farewell}</p></main>;
  return (
    <main data-lk-theme="default" className={details ? undefined : 'lobby'}>
      {details ? <Meeting {...{ choices, details, leave }} /> : <PreJoin onSubmit={join} onError={showError} />}
    </main>
  );
}

function Meeting({ choices, details, leave }) {
  const options = useMemo(() => ({
    videoCaptureDefaults: { deviceId: choices.videoDeviceId, resolution: VideoPresets.h720.resolution },
    audioCaptureDefaults: { deviceId: choices.audioDeviceId },
    publishDefaults: { dtx: false, red: true, videoSimulcastLayers: [VideoPresets.h540, VideoPresets.h216] },
    adaptiveStream: true,
    dynacast: true,
  }), [choices]);
  return (
    <LiveKitRoom serverUrl={details.serverUrl} token={details.participantToken} options={options}
      video={choices.videoEnabled} audio={choices.audioEnabled} onDisconnected={leave} onError={showError}>
      <VideoConference chatMessageFormatter={formatChatMessageLinks} />
      <People token={details.participantToken} />
    </LiveKitRoom>
  );
}

// For the moderator, whom the backend named in the metadata.
function People({ token }) {
  const { localParticipant } = useLocalParticipant();
  const others = useRemoteParticipants();
  if (!localParticipant.metadata || !JSON.parse(localParticipant.metadata).moderator) return null;
  const order = (verb, { identity }) => ask(`/api/${verb}`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ identity }),
  }).catch(showError);
  return (
    <ul className="people">
      {others.map((person) => (
        <li key={person.identity}>
          <button className="lk-button" onClick={() => order('mute', person)}>Mute {person.name}</button>
          <button className="lk-button" onClick={() => order('remove', person)}>Remove {person.name}</button>
        </li>
      ))}
    </ul>
  );
}

const showError = (error) => console.error(error);

createRoot(document.getElementById('root')).render(<Page />);
