const WELL = {
  'aurora-air': { delayMillis: 420, jitterMillis: 120 },
  'bluewing': { delayMillis: 260, jitterMillis: 120 },
  'cirrus': { delayMillis: 540, jitterMillis: 120 },
  'city-cars': { delayMillis: 300, jitterMillis: 120 },
  'coast-cars': { delayMillis: 380, jitterMillis: 120 },
  'grand-hotel': { delayMillis: 480, jitterMillis: 120 },
  'harbour-inn': { delayMillis: 340, jitterMillis: 120 },
  'weather-office': { delayMillis: 180, jitterMillis: 60 },
};

/** Each sets every supplier's switches, then asks. What happens then is up to the server. */
export const SCENARIOS = [
  { title: 'All well', text: 'Three airlines, two hotels and the weather answer.', switches: WELL, path: '/api/trips' },
  {
    title: 'One fails',
    text: 'A hotel fails; all other calls are cut.',
    switches: {
      ...WELL,
      'aurora-air': { delayMillis: 1100 },
      'cirrus': { delayMillis: 1500 },
      'grand-hotel': { delayMillis: 1300 },
      'harbour-inn': { delayMillis: 700, failureRate: 1 },
    },
    path: '/api/trips',
  },
  {
    title: 'One hangs',
    text: 'The weather never comes; the deadline cuts it.',
    switches: { ...WELL, 'weather-office': { hangs: true } },
    path: '/api/trips',
  },
  {
    title: 'Slow ones',
    text: 'Best effort: who is late after 800 ms is left behind.',
    switches: { ...WELL, 'aurora-air': { delayMillis: 2400 }, 'coast-cars': { delayMillis: 1800 }, 'grand-hotel': { delayMillis: 900 } },
    path: '/api/offers',
  },
  { title: 'Race', text: 'The first airline to answer wins.', switches: WELL, path: '/api/offers/fastest' },
  { title: 'Book', text: 'Three reservations, one booking.', switches: WELL, path: '/api/bookings' },
  {
    title: 'A booking fails',
    text: 'What was reserved is released.',
    switches: { ...WELL, 'city-cars': { delayMillis: 650, failureRate: 1 }, 'grand-hotel': { delayMillis: 1200 } },
    path: '/api/bookings',
  },
];

export const TUTORIAL = [
  { title: 'Two tasks together', text: 'The group ends when both have ended.', path: '/api/tutorial/basic' },
  { title: 'One fails after a second', text: 'Its sibling is cancelled.', path: '/api/tutorial/failure' },
  { title: 'Five squares', text: 'Computed in parallel, collected by callbacks.', path: '/api/tutorial/results' },
];
