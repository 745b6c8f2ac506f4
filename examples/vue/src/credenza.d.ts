// What templates know of the element: its properties, and its events with their details.
import type { CredenzaConnectElement, CredenzaConnectEventMap } from 'credenza';
import type { EmitFn, HTMLAttributes } from 'vue';

type Properties = Pick<CredenzaConnectElement, 'service' | 'storefrontId' | 'sourceId' | 'config' | 'getToken'>;
type Events = { [Name in keyof CredenzaConnectEventMap]: (event: CredenzaConnectEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'credenza-connect': new () => CredenzaConnectElement & { $props: Partial<Properties> & HTMLAttributes; $emit: EmitFn<Events> };
  }
}
