// Loss of power, for tests: preloaded (LD_PRELOAD), it writes down what every write to a database file replaces, until
// that file is synced. Whoever kills the process then puts the old bytes back (Support+PowerLoss.swift): what was not
// yet synced is gone, as when the power fails.
//
// The journal is the file that POWERLOSS_JOURNAL names: records in order of a head, the path, and the bytes before.
// With POWERLOSS_IGNORE_SYNC set, syncs do nothing and are not written down: a database that does not sync loses all.
//
// Files whose name ends in .sqlite, .sqlite-wal or .sqlite-journal are watched. That a name is in its folder is taken
// to last from the moment it was made; memory-mapped writes are not seen (SQLite maps its -shm only, and makes it anew).

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { WRITTEN = 1, CUT = 2, SYNCED = 3 };

struct head {
    uint32_t magic, kind;
    uint64_t offset;       // where the bytes before begin
    uint64_t size_before;  // of the file
    uint32_t path_length;
    uint32_t bytes_length;
};

static const uint32_t MAGIC = 0x504F5752;
static int journal = -1;
static int ignores_sync = 0;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
    const char *name = getenv("POWERLOSS_JOURNAL");
    ignores_sync = getenv("POWERLOSS_IGNORE_SYNC") != NULL;
    if (name) journal = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ends_with(const char *text, const char *end) {
    size_t a = strlen(text), b = strlen(end);
    return a >= b && strcmp(text + a - b, end) == 0;
}

// The path of a watched file, or 0.
static int watched(int fd, char *path, size_t room) {
    if (journal < 0 || fd == journal) return 0;
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, room - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return ends_with(path, ".sqlite") || ends_with(path, ".sqlite-wal") || ends_with(path, ".sqlite-journal");
}

static void append(enum kind kind, int fd, const char *path, off_t offset, size_t length) {
    struct stat status;
    if (fstat(fd, &status) != 0) abort();
    size_t before = 0;
    if (kind != SYNCED && offset < status.st_size) {
        before = (size_t)(status.st_size - offset);
        if (kind == WRITTEN && before > length) before = length;
    }
    size_t path_length = strlen(path), total = sizeof(struct head) + path_length + before;
    char *record = malloc(total);
    if (!record) abort();
    struct head head = {
        MAGIC, kind, (uint64_t)offset, (uint64_t)status.st_size, (uint32_t)path_length, (uint32_t)before};
    memcpy(record, &head, sizeof head);
    memcpy(record + sizeof head, path, path_length);
    // Read through the same handle: closing another one of the file would drop the process's locks on it.
    if (before > 0 && pread(fd, record + sizeof head + path_length, before, offset) != (ssize_t)before) abort();
    if (syscall(SYS_write, journal, record, total) != (long)total) abort();
    free(record);
}

static ssize_t watched_pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    char path[4096];
    if (!watched(fd, path, sizeof path)) return syscall(SYS_pwrite64, fd, bytes, count, offset);
    pthread_mutex_lock(&lock);
    append(WRITTEN, fd, path, offset, count);
    ssize_t done = syscall(SYS_pwrite64, fd, bytes, count, offset);
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    return watched_pwrite(fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    return watched_pwrite(fd, bytes, count, offset);
}

static int watched_truncate(int fd, off_t size) {
    char path[4096];
    if (!watched(fd, path, sizeof path)) return (int)syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&lock);
    append(CUT, fd, path, size, 0);
    int done = (int)syscall(SYS_ftruncate, fd, size), error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int ftruncate(int fd, off_t size) { return watched_truncate(fd, size); }
int ftruncate64(int fd, off_t size) { return watched_truncate(fd, size); }

static int watched_sync(int fd, long call) {
    char path[4096];
    if (!watched(fd, path, sizeof path)) return (int)syscall(call, fd);
    if (ignores_sync) return 0;
    // No write comes between the sync and its record: one that did would be taken for synced.
    pthread_mutex_lock(&lock);
    int done = (int)syscall(call, fd), error = errno;
    if (done == 0) append(SYNCED, fd, path, 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int fsync(int fd) { return watched_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return watched_sync(fd, SYS_fdatasync); }
