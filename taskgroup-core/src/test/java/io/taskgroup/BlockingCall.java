package io.taskgroup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What tasks block in, and how a task ends that is asked to stop meanwhile. */
enum BlockingCall {
    /** Sleeps until it is interrupted: nobody waits for the hour to pass. */
    SLEEP(ends(InterruptedException.class), site -> {
        site.arrive();
        Thread.sleep(TimeUnit.HOURS.toMillis(1));
        return null;
    }),
    OBJECT_WAIT(ends(InterruptedException.class), site -> {
        Object monitor = new Object();
        synchronized (monitor) {
            site.arrive();
            monitor.wait();
        }
        return null;
    }),
    THREAD_JOIN(ends(InterruptedException.class), site -> {
        Thread other = new Thread(site.answered()::join);
        other.setDaemon(true);
        other.start();
        site.closing(site::answer);
        site.arrive();
        other.join();
        return null;
    }),
    LATCH_AWAIT(ends(InterruptedException.class), site -> {
        site.arrive();
        new CountDownLatch(1).await();
        return null;
    }),
    QUEUE_TAKE(ends(InterruptedException.class), site -> {
        site.arrive();
        return new ArrayBlockingQueue<>(1).take();
    }),
    SEMAPHORE_ACQUIRE(ends(InterruptedException.class), site -> {
        site.arrive();
        new Semaphore(0).acquire();
        return null;
    }),
    LOCK_INTERRUPTIBLY(ends(InterruptedException.class), site -> {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        lock.readLock().lock(); // the write lock waits for its own thread's read lock
        site.arrive();
        lock.writeLock().lockInterruptibly();
        return null;
    }),
    CONDITION_AWAIT(ends(InterruptedException.class), site -> {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            site.arrive();
            lock.newCondition().await();
        } finally {
            lock.unlock();
        }
        return null;
    }),
    FUTURE_GET(ends(InterruptedException.class), site -> {
        site.arrive();
        return new FutureTask<>(() -> "never run").get();
    }),
    COMPLETABLE_FUTURE_GET(ends(InterruptedException.class), site -> {
        site.arrive();
        return new CompletableFuture<>().get();
    }),
    FORK_JOIN_TASK_GET(ends(InterruptedException.class), site -> {
        ForkJoinPool pool = new ForkJoinPool(1);
        site.ending(pool);
        ForkJoinTask<?> task = pool.submit(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
        site.arrive();
        return task.get();
    }),
    INVOKE_ALL(ends(InterruptedException.class), site -> {
        site.arrive();
        return site.ending(Executors.newSingleThreadExecutor())
                .invokeAll(List.of(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS)));
    }),
    PROCESS_WAIT_FOR(ends(InterruptedException.class), site -> {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String tests = Path.of(BlockingCall.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process process = new ProcessBuilder(java, "-cp", tests, Listener.class.getName()).start();
        site.closing(process::destroyForcibly);
        site.arrive();
        return process.waitFor();
    }),
    HTTP_CLIENT_SEND(ends(InterruptedException.class), site -> {
        URI silent = URI.create("http://127.0.0.1:" + site.silentServer().getPort());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(silent).build(), HttpResponse.BodyHandlers.ofString());
    }),
    SOCKET_CHANNEL_READ(ends(ClosedByInterruptException.class), site -> {
        SocketChannel channel = site.closing(SocketChannel.open(site.silentServer()));
        return channel.read(ByteBuffer.allocate(1));
    }),
    SERVER_SOCKET_CHANNEL_ACCEPT(ends(ClosedByInterruptException.class), site -> {
        ServerSocketChannel channel = site.closing(ServerSocketChannel.open());
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        site.arrive();
        return channel.accept();
    }),
    PIPE_READ(ends(ClosedByInterruptException.class), site -> {
        Pipe pipe = Pipe.open();
        site.closing(pipe.sink());
        site.closing(pipe.source());
        site.arrive();
        return pipe.source().read(ByteBuffer.allocate(1));
    }),
    FILE_CHANNEL_READ(ends(ClosedByInterruptException.class), site -> {
        Path file = Files.createTempFile("blocking", "call");
        site.closing(() -> Files.delete(file));
        FileChannel channel = site.closing(FileChannel.open(file, StandardOpenOption.READ));
        site.awaitInterrupt(); // a file does not keep anybody waiting
        return channel.read(ByteBuffer.allocate(1));
    }),
    PIPED_STREAM_READ(ends(InterruptedIOException.class), site -> {
        PipedInputStream in = site.closing(new PipedInputStream());
        site.closing(new PipedOutputStream(in));
        site.arrive();
        return in.read();
    }),

    // ---- what does not throw when it is interrupted

    /** Returns, with the flag set. */
    SELECTOR_SELECT(succeeds(), site -> {
        Selector selector = site.closing(Selector.open());
        site.arrive();
        return selector.select();
    }),
    /** Returns, with the flag set. */
    PARK(succeeds(), site -> {
        site.arrive();
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
        return "parked";
    }),
    /** Waits on, and returns with the flag set when the future has its value: the group's end waits for it. */
    COMPLETABLE_FUTURE_JOIN(succeeds(), site -> {
        site.arrive();
        return site.answered().join();
    }),
    /** A platform thread reads on until there is an answer; under a virtual one the socket is closed. */
    SOCKET_READ(succeeds(), ends(SocketException.class), site -> {
        Socket socket = site.closing(new Socket());
        socket.connect(site.silentServer());
        return socket.getInputStream().read();
    }),

    // ---- what libraries make of it

    /** As streams and template methods do. */
    UNCHECKED_IO(ends(UncheckedIOException.class), site -> {
        try {
            return PIPE_READ.code.call(site);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }),
    RUNTIME_EXCEPTION(ends(IllegalStateException.class), site -> {
        try {
            return SLEEP.code.call(site);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }),
    /** As a connection pool with no connection left, under Spring's JdbcTemplate. */
    CONNECTION_POOL(ends(DataAccessException.class), site -> {
        try {
            return SEMAPHORE_ACQUIRE.code.call(site);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataAccessException(
                    "Failed to obtain JDBC Connection",
                    new SQLException("Interrupted during connection acquisition", e));
        }
    }),
    /** As a database driver over a channel, under Spring's JdbcTemplate. */
    DATABASE_DRIVER(ends(DataAccessException.class), site -> {
        try {
            return SOCKET_CHANNEL_READ.code.call(site);
        } catch (IOException e) {
            throw new DataAccessException("PreparedStatementCallback", new SQLException("I/O error", "08006", e));
        }
    }),
    /** As Spring's RestClient over the JDK's client: the flag is set again. */
    REST_CLIENT(ends(ResourceAccessException.class), site -> {
        try {
            return HTTP_CLIENT_SEND.code.call(site);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceAccessException(
                    "I/O error on GET request", new IOException("Request was interrupted: " + e.getMessage(), e));
        }
    }),
    /** As a future that somebody else has cancelled. */
    CANCELLED_FUTURE(ends(CompletionException.class), site -> {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> derived = source.thenApply(text -> text);
        site.awaitInterrupt();
        source.cancel(true);
        return derived.join();
    }),

    // ---- what has nothing to do with it

    SOCKET_TIMEOUT(fails(SocketTimeoutException.class), site -> {
        ServerSocket server = site.closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        server.setSoTimeout(1);
        site.awaitInterrupt();
        Thread.interrupted(); // a virtual thread would not wait for the timeout
        return server.accept();
    });

    /** How a task ends. */
    record End(TaskState state, Class<? extends Throwable> thrown) {}

    /** A call. */
    @FunctionalInterface
    interface Code {
        Object call(CallSite site) throws Exception;
    }

    final End onPlatformThread;
    final End onVirtualThread;
    final Code code;

    BlockingCall(End end, Code code) {
        this(end, end, code);
    }

    BlockingCall(End onPlatformThread, End onVirtualThread, Code code) {
        this.onPlatformThread = onPlatformThread;
        this.onVirtualThread = onVirtualThread;
        this.code = code;
    }

    private static End ends(Class<? extends Throwable> thrown) {
        return new End(TaskState.CANCELLED, thrown);
    }

    private static End succeeds() {
        return new End(TaskState.SUCCEEDED, null);
    }

    private static End fails(Class<? extends Throwable> thrown) {
        return new End(TaskState.FAILED, thrown);
    }

    /** Runs until it is destroyed. */
    static final class Listener {
        public static void main(String[] arguments) throws IOException {
            System.in.read();
        }
    }

    /** Spring's has such causes. */
    static final class DataAccessException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DataAccessException(String message, SQLException cause) {
            super(message, cause);
        }
    }

    /** Spring's has such causes. */
    static final class ResourceAccessException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ResourceAccessException(String message, IOException cause) {
            super(message, cause);
        }
    }
}
