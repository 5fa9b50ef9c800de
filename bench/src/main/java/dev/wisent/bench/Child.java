package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A whole process, timed from outside: wall time, CPU time, and the most memory it ever had resident.
record Child(double seconds, double cpuSeconds, long peakMegabytes, int exitCode, String output) {
    private static final int LOOK_EVERY_MILLIS = 10;
    /// Field 14 of proc(5), counted from the one behind the name.
    private static final int UTIME = 11;
    /// Clock ticks a second on every Linux that Java runs on.
    private static final double TICKS = 100;

    static Child run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("bench", ".out");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(out.toFile())
                .start();
        long peak = 0;
        double cpu = 0;
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakOf(process.pid()));
            cpu = Math.max(cpu, cpuOf(process.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = Files.readString(out);
        Files.delete(out);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue() + ": " + text);
        }
        return new Child(seconds, cpu, peak, process.exitValue(), text);
    }

    /// `utime` and `stime` of /proc/<pid>/stat, in seconds, as last seen; 0 when the process is gone.
    static double cpuOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS;
        } catch (IOException e) {
            return 0;
        }
    }

    /// `VmHWM` of /proc/<pid>/status, in MB; 0 when the process is gone.
    private static long peakOf(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
