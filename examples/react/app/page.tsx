import { signedIn } from '../lib/session';
import { signIn, signOut } from './actions';
import { Connect } from './connect';

export default async function Page() {
  const known = await signedIn();
  return (
    <>
      <header className="bar">
        <strong className="brand">Northbeam</strong>
        {known && (
          <form action={signOut}>
            <button className="quiet">Sign out</button>
          </form>
        )}
      </header>
      <main>
        <h1>Premium CTV</h1>
        <p className="lead">Connect the account that this partner gave you, and its inventory shows up in your plans.</p>
        {known ? (
          <Connect />
        ) : (
          <form action={signIn} className="card card--sign-in">
            <p>You are signed out. Credentials are connected in the name of your team.</p>
            <button className="primary">Sign in as Ann</button>
          </form>
        )}
      </main>
    </>
  );
}
