// What must not compile: each line differs in one thing from one that does, and tsc complains when it finds no mistake.
import type { CredenzaConnectElement } from 'credenza';
import { CredenzaConnect } from 'credenza/react';

export const components = [
  <CredenzaConnect key="right" service="storefront" onCredenzaConnected={({ detail }) => detail.id.trim()} />,
  // @ts-expect-error There is no such event.
  <CredenzaConnect key="event" service="storefront" onCredenzaConected={() => undefined} />,
  // @ts-expect-error The details have no such member.
  <CredenzaConnect key="detail" service="storefront" onCredenzaConnected={({ detail }) => detail.token} />,
  // @ts-expect-error There is no such service.
  <CredenzaConnect key="service" service="storefronts" onCredenzaConnected={({ detail }) => detail.id.trim()} />,
];

export function listen(element: CredenzaConnectElement): void {
  element.addEventListener('credenza-connected', ({ detail }) => detail.id.trim());
  // @ts-expect-error There is no such event.
  element.addEventListener('credenza-conected', () => undefined);
}
