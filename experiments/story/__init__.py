"""One firm's life in both runs of a pair, from the stored events: words and a picture."""
