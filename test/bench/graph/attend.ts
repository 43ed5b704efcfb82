// Loaded into every child before its own code: ends with the bench, and tells what CPU it has used.
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMicros: user + system });
});
