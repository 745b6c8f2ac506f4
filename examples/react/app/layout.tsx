import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import './portal.css';

export const metadata: Metadata = { title: 'Northbeam · Supply partners', description: 'Connect the sources that you buy from.' };

export default async function Layout({ children }: { children: ReactNode }) {
  // A page that was made while building could have no nonce, and none of its scripts would run.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
