/* Makes one call that changes files below a folder fail, or kills the process at it; loaded by LD_PRELOAD.
 *
 * FAULT_UNDER   the folder, without a trailing slash
 * FAULT_AT      the number of the call, from 1; 0 for none
 * FAULT_ERRNO   the error number; 0 to kill the process
 * FAULT_ALWAYS  1 if later calls that need disk space fail too
 * FAULT_LOG     a file that receives one letter for each call
 *
 * Half of a write is carried out before it fails or the process is killed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int number(const char *name) {
    const char *value = getenv(name);
    return value ? atoi(value) : 0;
}

static int is_under(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    if (!under || !path) return 0;
    char whole[PATH_MAX];
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%.2000s/%.2000s", here, path);
        path = whole;
    }
    size_t length = strlen(under);
    return strncmp(path, under, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_open_under(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_under(path);
}

static int is_due(char letter) {
    int at = number("FAULT_AT"), now = ++calls;
    const char *log = getenv("FAULT_LOG");
    if (log) {
        int descriptor = REAL(open)(log, O_WRONLY | O_APPEND | O_CREAT, 0666);
        if (descriptor >= 0) {
            ssize_t ignored = REAL(write)(descriptor, &letter, 1);
            (void)ignored;
            REAL(close)(descriptor);
        }
    }
    return at && (now == at || (now > at && number("FAULT_ALWAYS") && strchr("wpcm", letter)));
}

static int failing(void) {
    int error = number("FAULT_ERRNO");
    if (!error) kill(getpid(), SIGKILL);
    errno = error;
    return -1;
}

ssize_t write(int descriptor, const void *data, size_t size) {
    if (is_open_under(descriptor) && is_due('w')) {
        if (size > 1) {
            ssize_t ignored = REAL(write)(descriptor, data, size / 2);
            (void)ignored;
        }
        return failing();
    }
    return REAL(write)(descriptor, data, size);
}

ssize_t pwrite64(int descriptor, const void *data, size_t size, off64_t at) {
    if (is_open_under(descriptor) && is_due('p')) {
        if (size > 1) {
            ssize_t ignored = REAL(pwrite64)(descriptor, data, size / 2, at);
            (void)ignored;
        }
        return failing();
    }
    return REAL(pwrite64)(descriptor, data, size, at);
}

int fsync(int descriptor) { return is_open_under(descriptor) && is_due('s') ? failing() : REAL(fsync)(descriptor); }

int fdatasync(int descriptor) {
    return is_open_under(descriptor) && is_due('d') ? failing() : REAL(fdatasync)(descriptor);
}

int ftruncate64(int descriptor, off64_t size) {
    return is_open_under(descriptor) && is_due('t') ? failing() : REAL(ftruncate64)(descriptor, size);
}

int rename(const char *from, const char *to) { return is_under(to) && is_due('r') ? failing() : REAL(rename)(from, to); }

int renameat(int a, const char *from, int b, const char *to) {
    return is_under(to) && is_due('r') ? failing() : REAL(renameat)(a, from, b, to);
}

int link(const char *from, const char *to) { return is_under(to) && is_due('l') ? failing() : REAL(link)(from, to); }

int unlink(const char *path) { return is_under(path) && is_due('u') ? failing() : REAL(unlink)(path); }

int mkdir(const char *path, mode_t mode) { return is_under(path) && is_due('m') ? failing() : REAL(mkdir)(path, mode); }

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
    return writes && is_under(path) && is_due(flags & O_CREAT ? 'c' : 'o') ? failing() : REAL(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
    return writes && is_under(path) && is_due(flags & O_CREAT ? 'c' : 'o') ? failing() : REAL(open)(path, flags, mode);
}

int futimens(int descriptor, const struct timespec times[2]) {
    return is_open_under(descriptor) && is_due('f') ? failing() : REAL(futimens)(descriptor, times);
}
