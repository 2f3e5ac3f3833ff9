import { expect, test } from 'vitest';
import { createAnswerRoom } from '../../src/graphql/operations/answer-room.ts';

function openRoom(max: number, maxWaiting = 1_000) {
  const room = createAnswerRoom({ max, maxWaiting });
  const entered: string[] = [];
  const enter = async (name: string, size: number, client: string, signal?: AbortSignal) => {
    const leave = await room.enter(size, client, signal);
    entered.push(name);
    return leave;
  };
  return { enter, entered };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('who gives up leaves the queue, and what is larger than the room has it alone', async () => {
  const { enter, entered } = openRoom(10);
  const leaveFirst = await enter('first', 6, 'a');
  const abort = new AbortController();
  const gone = enter('gone', 6, 'b', abort.signal);
  const huge = enter('huge', 100, 'c');
  const small = enter('small', 1, 'd');
  abort.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  leaveFirst();
  leaveFirst();
  const leaveHuge = await huge;
  await settled();
  expect(entered).toEqual(['first', 'huge']);
  leaveHuge();
  (await small)();
  expect(entered).toEqual(['first', 'huge', 'small']);
  await expect(enter('late', 1, 'a', abort.signal)).rejects.toThrow('gone');
});

test('one client has three quarters at most, and waits behind nobody but itself', async () => {
  const { enter, entered } = openRoom(16);
  const leave = await enter('greedy 1', 7, 'greedy');
  const second = enter('greedy 2', 7, 'greedy');
  await enter('other', 7, 'other');
  expect(entered).toEqual(['greedy 1', 'other']);
  leave();
  await second;
});

test('clients have turns one after another, however much each waits for', async () => {
  const { enter, entered } = openRoom(16);
  const leave = await enter('full', 16, 'x');
  const waits = [
    ...['a1', 'a2', 'a3', 'a4'].map((name) => enter(name, 5, 'a')),
    enter('b1', 5, 'b'),
    enter('c1', 5, 'c'),
  ];
  await settled();
  leave();
  const [leaveFirst] = await Promise.all([waits[0], waits[4], waits[5]]);
  expect(entered).toEqual(['full', 'a1', 'b1', 'c1']);
  leaveFirst?.();
  await waits[1];
  expect(entered.at(-1)).toBe('a2');
});

test('when too much waits, the client with the most waiting answers is refused its last', async () => {
  const { enter } = openRoom(10, 20);
  await enter('full', 10, 'x');
  const first = enter('a1', 8, 'a');
  const last = enter('a2', 8, 'a');
  const other = enter('b1', 8, 'b');
  await expect(last).rejects.toMatchObject({ extensions: { code: 'OVERLOADED', http: { status: 503 } } });
  await expect(enter('a3', 8, 'a')).rejects.toMatchObject({ extensions: { code: 'OVERLOADED' } });
  expect(await Promise.race([first, other, 'both wait'])).toBe('both wait');
});

test('where too much waits, whoever waits for the most characters makes room, not for the most answers', async () => {
  const { enter, entered } = openRoom(10, 20);
  const leave = await enter('full', 10, 'x');
  const large = enter('large', 10, 'large');
  const small = ['small 1', 'small 2', 'small 3'].map((name) => enter(name, 2, 'small'));
  const late = enter('late', 5, 'late');
  await expect(large).rejects.toMatchObject({ extensions: { code: 'OVERLOADED' } });
  leave();
  for (const waiting of [...small, late]) (await waiting)();
  expect(entered.toSorted()).toEqual(['full', 'late', 'small 1', 'small 2', 'small 3']);
});
