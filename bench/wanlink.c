/* A long network link between two network namespaces, packet by packet, without the kernel's netem.
 *
 *   wanlink NAMESPACE_A NAMESPACE_B DELAY_MS LOSS_PERCENT RATE_MBIT
 *
 * Opens a TUN device wan0 in each namespace, 10.99.0.1 in A and 10.99.0.2 in B. A packet that enters one
 * leaves the other DELAY_MS later. LOSS_PERCENT of all packets are dropped at random (always the same
 * sequence); RATE_MBIT limits each direction, with a queue of 50 ms before it, behind which packets are
 * dropped too (0: no limit). Prints "ready" when packets can pass, and runs until it is killed. Needs root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MTU = 9000, SLOTS = 16384, BURST = 64 }; /* SLOTS: 50 ms of queue and 100 ms on the way at 1 Gbit/s need 2,100 */

static const int64_t SECOND = 1000000000, QUEUE = 50 * 1000000;

struct packet {
  int64_t due; /* ns */
  int length;
  unsigned char bytes[MTU];
};

/* One direction: a ring of the packets on their way. */
struct lane {
  struct packet *ring;
  unsigned first, end; /* only ever grow; the ring's slot is modulo SLOTS */
  int64_t line_free;   /* when the last packet will have been sent, ns */
};

static void fail(const char *what) {
  fprintf(stderr, "wanlink: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

/* A TUN device in a namespace, up and with addresses; the process itself stays where it is. */
static int open_device(const char *namespace, const char *address, const char *peer) {
  char text[512];
  snprintf(text, sizeof text, "/var/run/netns/%s", namespace);
  int home = open("/proc/self/ns/net", O_RDONLY), there = open(text, O_RDONLY);
  if (home < 0 || there < 0 || setns(there, CLONE_NEWNET) < 0) fail(text);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq request = {.ifr_name = "wan0", .ifr_flags = IFF_TUN | IFF_NO_PI};
  if (device < 0 || ioctl(device, TUNSETIFF, &request) < 0) fail("/dev/net/tun");
  snprintf(text, sizeof text,
           "ip link set lo up && ip addr add %s peer %s dev wan0 && ip link set wan0 mtu %d txqueuelen 10000 up",
           address, peer, MTU);
  if (system(text) != 0) fail("ip");
  if (setns(home, CLONE_NEWNET) < 0) fail("setns");
  close(home);
  close(there);
  return device;
}

/* Takes in what has arrived at a device: drops it, or decides when it leaves at the other end. */
static void take(struct lane *lane, int device, int64_t delay, double loss, double bits_per_second) {
  for (int i = 0; i < BURST && lane->end - lane->first < SLOTS; i++) {
    struct packet *packet = &lane->ring[lane->end % SLOTS];
    packet->length = read(device, packet->bytes, MTU);
    if (packet->length <= 0) return;
    if (drand48() < loss) continue;
    packet->due = now();
    if (bits_per_second > 0) {
      if (lane->line_free < packet->due) lane->line_free = packet->due;
      if (lane->line_free - packet->due > QUEUE) continue;
      lane->line_free += (int64_t)(packet->length * 8 / bits_per_second * SECOND);
      packet->due = lane->line_free;
    }
    packet->due += delay;
    lane->end++;
  }
}

/* Lets out what is due. */
static void deliver(struct lane *lane, int device) {
  for (; lane->first != lane->end; lane->first++) {
    struct packet *packet = &lane->ring[lane->first % SLOTS];
    if (packet->due > now()) return;
    if (write(device, packet->bytes, packet->length) < 0 && errno == EAGAIN) return;
  }
}

/* Sets the timer to the first packet that is due, if there is one. */
static void set(int timer, const struct lane *lanes) {
  int64_t next = INT64_MAX;
  for (int i = 0; i < 2; i++)
    if (lanes[i].first != lanes[i].end && lanes[i].ring[lanes[i].first % SLOTS].due < next)
      next = lanes[i].ring[lanes[i].first % SLOTS].due;
  struct itimerspec when = {0};
  if (next != INT64_MAX) when.it_value = (struct timespec){next / SECOND, next % SECOND};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: wanlink NAMESPACE_A NAMESPACE_B DELAY_MS LOSS_PERCENT RATE_MBIT\n");
    return 2;
  }
  int64_t delay = (int64_t)(atof(argv[3]) * 1e6);
  double loss = atof(argv[4]) / 100, bits_per_second = atof(argv[5]) * 1e6;
  int device[2] = {open_device(argv[1], "10.99.0.1", "10.99.0.2"), open_device(argv[2], "10.99.0.2", "10.99.0.1")};
  struct lane lanes[2] = {{0}};
  for (int i = 0; i < 2; i++)
    if (!(lanes[i].ring = malloc(SLOTS * sizeof *lanes[i].ring))) fail("memory");
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  if (timer < 0) fail("timer");
  puts("ready");
  fflush(stdout);
  for (;;) {
    set(timer, lanes);
    struct pollfd awaited[] = {{device[0], POLLIN, 0}, {device[1], POLLIN, 0}, {timer, POLLIN, 0}};
    if (poll(awaited, 3, -1) < 0 && errno != EINTR) fail("poll");
    for (int i = 0; i < 2; i++) {
      take(&lanes[i], device[i], delay, loss, bits_per_second);
      deliver(&lanes[i], device[1 - i]);
    }
  }
}
