// Counters that grow when something of a kind has changed elsewhere. Screens that show the kind read its counter in an effect and load anew.

class Changes {
  friends = $state(0);
  notifications = $state(0);
}

export const changes = new Changes();
