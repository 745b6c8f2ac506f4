import Link from 'next/link';

// Next's own page has styles inside, which the policy refuses.
export default function NotFound() {
  return (
    <main>
      <h1>There is no page at this address</h1>
      <p className="lead">
        <Link href="/">Back to your partners</Link>
      </p>
    </main>
  );
}
