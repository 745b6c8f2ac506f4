// The types of the React component: what is right compiles, and what is wrong does not.
import type { CredenzaConfig, CredenzaConnectElement } from 'credenza';
import { CredenzaConnect, type CredenzaConnectProps } from 'credenza/react';
import { createRef, useRef } from 'react';

const config: CredenzaConfig = { storefront: { api: '/gateway', access: 'token' } };

export function Right() {
  const ref = useRef<CredenzaConnectElement>(null);
  return (
    <CredenzaConnect
      ref={ref}
      className="form"
      id="connect"
      aria-label="Connect"
      data-private
      service="storefront"
      storefrontId="42"
      sourceId="src_main"
      authType="api_key bearer_token"
      lightDom
      admin={false}
      config={config}
      getToken={async ({ reason }) => reason}
      getHeaders={() => ({ 'x-csrf': '1' })}
      value={{ accountIdentifier: 'acme' }}
      messages={undefined}
      onClick={() => ref.current?.reset()}
      onCredenzaReady={({ detail }) => detail.status}
      onCredenzaChange={({ detail }) => detail.valid}
      onCredenzaBeforeSubmit={(event) => event.preventDefault()}
      onCredenzaPending={({ detail }) => detail.id}
      onCredenzaConnected={({ detail }) => detail.accountIdentifier}
      onCredenzaError={({ detail }) => detail.message}
      onCredenzaCancel={undefined}
      onCredenzaExpiring={({ detail }) => detail.expiresAt}
    >
      <p>One moment</p>
    </CredenzaConnect>
  );
}

export function Wrong() {
  const button = createRef<HTMLButtonElement>();
  return (
    <>
      {/* @ts-expect-error An event that is misspelt is none. */}
      <CredenzaConnect onCredenzaConected={() => {}} />
      {/* @ts-expect-error Nor is the name of the event itself in camel case. */}
      <CredenzaConnect credenzaConnected={() => {}} />
      {/* @ts-expect-error What it tells is what it tells. */}
      <CredenzaConnect onCredenzaChange={({ detail }) => detail.value} />
      {/* @ts-expect-error There is no such service. */}
      <CredenzaConnect service="storefronts" />
      {/* @ts-expect-error A number is no text. */}
      <CredenzaConnect storefrontId={42} />
      {/* @ts-expect-error How things stand is read. */}
      <CredenzaConnect status="connected" />
      {/* @ts-expect-error A secret is no property. */}
      <CredenzaConnect token="t" />
      {/* @ts-expect-error Nothing is set as markup. */}
      <CredenzaConnect dangerouslySetInnerHTML={{ __html: '' }} />
      {/* @ts-expect-error It is another element. */}
      <CredenzaConnect ref={button} />
    </>
  );
}

// Each event has its property, and no other.
type Expected = 'Ready' | 'Change' | 'BeforeSubmit' | 'Pending' | 'Connected' | 'Error' | 'Cancel' | 'Expiring';
type Handlers = Extract<keyof CredenzaConnectProps, `onCredenza${string}`>;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
export const complete: Same<Handlers, `onCredenza${Expected}`> = true;
