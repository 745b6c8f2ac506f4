/** The element `<credenza-connect>` as a component of React 18 or 19. */
import type { ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from 'react';
import type { CredenzaConnectElement, CredenzaConnectEventMap } from './index.js';

export type * from './index.js';

/** `credenza-before-submit` becomes `CredenzaBeforeSubmit`. */
type Joined<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Joined<Rest>}`
  : Capitalize<Name>;

/** A property for each event: `onCredenzaReady` for `credenza-ready`. */
export type CredenzaConnectHandlers = {
  [Name in keyof CredenzaConnectEventMap as `on${Joined<Name>}`]?: ((event: CredenzaConnectEventMap[Name]) => void) | undefined;
};

/** What can be set at the element. An object counts as another one when it says something else, not when it was made anew. */
type Settings = {
  [Name in
    | 'service'
    | 'storefrontId'
    | 'sourceId'
    | 'instanceId'
    | 'agentUrl'
    | 'authType'
    | 'locale'
    | 'theme'
    | 'lightDom'
    | 'admin'
    | 'disabled'
    | 'required'
    | 'name'
    | 'config'
    | 'getToken'
    | 'getHeaders'
    | 'value'
    | 'messages']?: CredenzaConnectElement[Name] | undefined;
};

/** What React would set as markup, or has for inputs only. */
type Foreign = 'dangerouslySetInnerHTML' | 'defaultValue' | 'defaultChecked';

export interface CredenzaConnectProps
  extends Omit<HTMLAttributes<CredenzaConnectElement>, keyof Settings | keyof CredenzaConnectHandlers | Foreign>,
    Settings,
    CredenzaConnectHandlers {
  /** Shown until the element is there, and where it cannot work. */
  children?: ReactNode;
}

/** `ref` is the element itself. */
export declare const CredenzaConnect: ForwardRefExoticComponent<CredenzaConnectProps & RefAttributes<CredenzaConnectElement>>;
