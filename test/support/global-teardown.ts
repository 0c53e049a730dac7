export default async function tearDown(): Promise<void> {
  await (globalThis as { tearDownCluster?: () => Promise<void> }).tearDownCluster?.();
}
