"""What is stored, in SQL, which is the truth: from here on down nothing knows of a model."""
