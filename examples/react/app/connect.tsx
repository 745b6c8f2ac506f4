'use client';

import type { CredenzaConfig, CredenzaConnectEventDetails, CredenzaStatus } from 'credenza';
import { CredenzaConnect } from 'credenza/react';
import { useState } from 'react';
import { interchangeToken } from './actions';

type Connected = CredenzaConnectEventDetails['credenza-connected'];

/** Made once: a new object would be a new configuration. */
const CONFIG: CredenzaConfig = { storefront: { api: '/gateway', access: 'token' } };

const WORDS: Record<CredenzaStatus, string> = {
  needs_credentials: 'Needs credentials',
  pending: 'Waiting for consent',
  connected: 'Connected',
  none_needed: 'Nothing needed',
  unknown: 'Unknown',
};

async function getToken(): Promise<string> {
  const token = await interchangeToken();
  if (token === null) throw new Error('The session has ended');
  return token;
}

export function Connect() {
  const [status, setStatus] = useState<CredenzaStatus>('unknown');
  const [record, setRecord] = useState<Connected>();
  const [problem, setProblem] = useState('');

  return (
    <div className="columns">
      <CredenzaConnect
        className="form"
        service="storefront"
        storefrontId="42"
        sourceId="src_main"
        config={CONFIG}
        getToken={getToken}
        onCredenzaReady={({ detail }) => setStatus(detail.status)}
        onCredenzaPending={() => setStatus('pending')}
        onCredenzaConnected={({ detail }) => {
          setStatus(detail.status);
          setRecord(detail);
          setProblem('');
        }}
        onCredenzaError={({ detail }) => setProblem(detail.code)}
      />
      <aside className="card" aria-labelledby="record">
        <h2 id="record">What Northbeam keeps</h2>
        <p className="status" data-status={status} role="status">
          {WORDS[status]}
        </p>
        {record ? (
          <dl>
            <dt>Credential</dt>
            <dd>{record.id}</dd>
            <dt>Account</dt>
            <dd>{record.accountIdentifier ?? '—'}</dd>
          </dl>
        ) : (
          <p>The number of the credential and the account, once it is connected. The key never reaches this page.</p>
        )}
        {problem && <p className="problem">Last problem: {problem}</p>}
      </aside>
    </div>
  );
}
