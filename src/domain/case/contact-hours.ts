// When a borrower may be called or visited: the hours of the policy, on the clock of where the borrower lives.

export interface ContactHours {
  /** ISO weekdays, 1 = Monday. */
  days: readonly number[];
  fromHour: number;
  toHour: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(timeZone, made);
  return made;
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(clockOf(name));
  } catch {
    return false;
  }
}

function localOf(at: Date, timeZone: string) {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((each) => Number(parts[each]));
  return {
    year: year!,
    month: month!,
    day: day!,
    hour: hour!,
    minute: minute!,
    second: second!,
    weekday: weekdays.indexOf(parts['weekday']!) + 1,
  };
}

/** Minutes may be off by one offset where clocks are changed, so it is asked twice. */
function instantOf(year: number, month: number, day: number, hour: number, timeZone: string): Date {
  const wanted = Date.UTC(year, month - 1, day, hour);
  let at = wanted;
  for (let i = 0; i < 2; i++) {
    const local = localOf(new Date(at), timeZone);
    at += wanted - Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  }
  return new Date(at);
}

/** @returns `now` when it lies within the hours, else the next time that they begin; null when there is no such time zone */
export function nextContact({ days, fromHour, toHour }: ContactHours, timeZone: string, now: Date): Date | null {
  if (!isTimeZone(timeZone)) return null;
  const { year, month, day, hour, weekday } = localOf(now, timeZone);
  if (days.includes(weekday) && hour >= fromHour && hour < toHour) return now;
  const today = hour < fromHour ? 0 : 1;
  for (let ahead = today; ahead <= 7; ahead++)
    if (days.includes(((weekday - 1 + ahead) % 7) + 1)) return instantOf(year, month, day + ahead, fromHour, timeZone);
  return null;
}
