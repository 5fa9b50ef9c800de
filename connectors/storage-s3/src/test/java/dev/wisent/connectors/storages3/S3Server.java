package dev.wisent.connectors.storages3;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/// An S3 endpoint in this process, on a port of its own, with signatures checked.
public final class S3Server implements AutoCloseable {
    public static final String KEY_ID = "the-key-id";
    public static final String SECRET = "the-very-secret-key";

    private final FailingBlobs blobs = new FailingBlobs(BlobStores.create("transient-nio2", new Properties()));
    private final S3Proxy proxy;

    public S3Server() {
        try {
            proxy = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET)
                    .build();
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("no S3 endpoint", e);
        }
    }

    public void createBucket(String name) {
        blobs.createContainer(name);
    }

    public FailingBlobs blobs() {
        return blobs;
    }

    public int port() {
        return proxy.getPort();
    }

    public String url(String bucketAndPrefix) {
        return "s3::http://127.0.0.1:" + port() + "/" + bucketAndPrefix;
    }

    public static Map<String, String> credentials() {
        return Map.of("aws_access_key_id", KEY_ID, "aws_secret_access_key", SECRET);
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
